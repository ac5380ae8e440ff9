using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;
using ContactChannel = FoodDelivery.Customers.ContactChannel;
using Language = FoodDelivery.Customers.Language;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Members over gRPC.</summary>
internal sealed class GrpcMembers(
    GetMemberHandler get, SignUpHandler signUp, ChangeMemberHandler change, WithdrawHandler withdraw, GetPointsHandler points,
    ConfirmPhoneHandler phones)
    : MemberService.MemberServiceBase
{
    private const int LastPage = 1_000_000;

    public override async Task<SignUpResponse> SignUp(SignUpRequest request, ServerCallContext context)
    {
        var profile = MemberProfile.Of(
            request.Name, request.Phone, request.Channel.ToDomain() ?? ContactChannel.None, request.Language.ToDomain() ?? Language.Korean).ValueOrThrow();
        var key = request.RequestId.Length == 0 ? null : new RequestKey(Caller.Of(context.GetHttpContext()), request.RequestId);
        var command = new SignUp(request.CustomerId.Trim(), profile, key);
        var signedUp = await signUp.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new SignUpResponse { Member = signedUp.ValueOrThrow().ToProto() };
    }

    public override async Task<GetMemberResponse> GetMember(GetMemberRequest request, ServerCallContext context) => new()
    {
        Member = (await get.Handle(request.MembershipNumber, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
    };

    public override async Task<ChangeMemberResponse> ChangeMember(ChangeMemberRequest request, ServerCallContext context)
    {
        var command = new ChangeMember(
            request.MembershipNumber,
            request.HasName ? request.Name : null,
            request.HasPhone ? request.Phone : null,
            request.Channel.ToDomain(),
            request.Language.ToDomain());
        var changed = await change.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new ChangeMemberResponse { Member = changed.ValueOrThrow().ToProto() };
    }

    public override async Task<WithdrawMemberResponse> WithdrawMember(WithdrawMemberRequest request, ServerCallContext context)
    {
        var command = new Withdraw(request.MembershipNumber);
        var withdrawn = await withdraw.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new WithdrawMemberResponse { Member = withdrawn.ValueOrThrow().ToProto() };
    }

    public override async Task<SendPhoneCodeResponse> SendPhoneCode(SendPhoneCodeRequest request, ServerCallContext context)
    {
        var command = new SendPhoneCode(new PhoneHolder(RecipientRole.Customer, request.MembershipNumber), Caller.Of(context.GetHttpContext()));
        return new SendPhoneCodeResponse
        {
            Confirmation = (await phones.Handle(command, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
        };
    }

    public override async Task<ConfirmPhoneResponse> ConfirmPhone(ConfirmPhoneRequest request, ServerCallContext context)
    {
        var command = new ConfirmPhone(new PhoneHolder(RecipientRole.Customer, request.MembershipNumber), request.Code);
        return new ConfirmPhoneResponse
        {
            Confirmation = (await phones.Handle(command, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto(),
        };
    }

    public override async Task<GetPointsResponse> GetPoints(GetPointsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var number = page.After ?? 0;
        if (number > LastPage)
            throw Error.Invalid("page_token", "page_token must come from the page before.").ToRpcException();

        var query = new GetPoints(request.MembershipNumber, number, page.Size);
        var account = (await points.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new GetPointsResponse
        {
            MembershipNumber = account.Member.Digits,
            Points = account.Points,
            History = { account.History.Items.Select(Mapping.ToProto) },
            NextPageToken = (number + 1) * page.Size < account.History.Total ? PageRequest.TokenAfter(number + 1) : "",
        };
    }
}
