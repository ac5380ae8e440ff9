using FoodDelivery.Adapters.Customers.Members;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;
using ContactChannel = FoodDelivery.Customers.ContactChannel;
using Language = FoodDelivery.Customers.Language;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Members over gRPC: translation there and back, and no rule.</summary>
internal sealed class GrpcMembers(IMembers members, IPoints points, SignUpHandler signingUp, ChangeMemberHandler changing, WithdrawHandler withdrawing)
    : MemberService.MemberServiceBase
{
    private const int LastPage = 1_000_000;

    public override async Task<SignUpResponse> SignUp(SignUpRequest request, ServerCallContext context)
    {
        var profile = MemberProfile.Of(
            request.Name, request.Phone, request.Channel.ToDomain() ?? ContactChannel.None, request.Language.ToDomain() ?? Language.Korean).ValueOrThrow();
        var key = request.RequestId.Length == 0 ? null : new RequestKey(Caller.Of(context.GetHttpContext()), request.RequestId);
        var customer = ReachOf(context).For(request.CustomerId.Trim(), "customer_id").ValueOrThrow();
        var signedUp = await signingUp.Handle(new SignUp(customer, profile, key), CauseOf(context), context.CancellationToken);
        return new SignUpResponse { Member = signedUp.ValueOrThrow().ToProto() };
    }

    public override async Task<GetMemberResponse> GetMember(GetMemberRequest request, ServerCallContext context) => new()
    {
        Member = (await members.Get(request.MembershipNumber, ReachOf(context), context.CancellationToken)).ValueOrThrow().ToProto(),
    };

    public override async Task<ChangeMemberResponse> ChangeMember(ChangeMemberRequest request, ServerCallContext context)
    {
        var command = new ChangeMember(
            request.MembershipNumber,
            request.HasName ? request.Name : null,
            request.HasPhone ? request.Phone : null,
            request.Channel.ToDomain(),
            request.Language.ToDomain());
        var changed = await members.Change(
            request.MembershipNumber, ReachOf(context), () => changing.Handle(command, CauseOf(context), context.CancellationToken), context.CancellationToken);
        return new ChangeMemberResponse { Member = changed.ValueOrThrow().ToProto() };
    }

    public override async Task<WithdrawMemberResponse> WithdrawMember(WithdrawMemberRequest request, ServerCallContext context)
    {
        var withdrawn = await members.Change(
            request.MembershipNumber,
            ReachOf(context),
            () => withdrawing.Handle(new Withdraw(request.MembershipNumber), CauseOf(context), context.CancellationToken),
            context.CancellationToken);
        return new WithdrawMemberResponse { Member = withdrawn.ValueOrThrow().ToProto() };
    }

    public override async Task<GetPointsResponse> GetPoints(GetPointsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var member = (await members.Get(request.MembershipNumber, ReachOf(context), context.CancellationToken)).ValueOrThrow();
        var number = page.After ?? 0;
        if (number > LastPage)
            throw Error.Invalid("page_token", "page_token must come from the page before.").ToRpcException();
        var account = await points.Account(member.Number, number, page.Size, context.CancellationToken);
        return new GetPointsResponse
        {
            MembershipNumber = member.Number.Digits,
            Points = account.Points,
            History = { account.History.Items.Select(MemberMapping.ToProto) },
            NextPageToken = (number + 1) * page.Size < account.History.Total ? PageRequest.TokenAfter(number + 1) : "",
        };
    }

    private static AccessScope ReachOf(ServerCallContext context) => context.AccessScope();

    private static MessageContext CauseOf(ServerCallContext context) => context.MessageContext();
}
