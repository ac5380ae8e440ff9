using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Messages;
using Google.Rpc;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

/// <summary>Telephones are confirmed by codes, over both protocols.</summary>
public sealed class PhoneTests : IAsyncLifetime
{
    private NhnStub _stub = null!;
    private CustomerTestService _service = null!;

    public async Task InitializeAsync()
    {
        _stub = await NhnStub.Start();
        _service = await Start([.. _stub.Settings, "--Customer:PhoneCodes:ToPhoneAnHour=2", "--Customer:PhoneCodes:Tries=2", "--Customer:PhoneCodes:ValidMinutes=3"]);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Fact]
    public async Task A_member_confirms_their_telephone_by_the_code_that_comes_there()
    {
        var path = $"/members/{await SignUp()}";
        Assert.False((await _service.Get(path)).GetProperty("phoneConfirmed").GetBoolean());

        var (status, sent) = await Send(HttpMethod.Post, $"{path}/phoneConfirmations");
        Assert.Equal((HttpStatusCode.Accepted, "010-1234-5678", false, 2), (status, sent.GetProperty("phone").GetString(), sent.GetProperty("confirmed").GetBoolean(), sent.GetProperty("triesLeft").GetInt32()));
        Assert.InRange(sent.GetProperty("codeExpiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        var code = CodeIn(Assert.Single(_stub.Delivered));

        (status, var problem) = await Send(HttpMethod.Put, $"{path}/phoneConfirmations", new { code = code == "000000" ? "000001" : "000000" });
        Assert.Equal((HttpStatusCode.BadRequest, "code", "WRONG_CODE"), (status, problem.GetProperty("field").GetString(), problem.GetProperty("reason").GetString()));
        (status, var confirmed) = await Send(HttpMethod.Patch, $"{path}/phoneConfirmations", new Dictionary<string, string>(StringComparer.Ordinal) { ["인증번호"] = code });
        Assert.Equal((HttpStatusCode.OK, true), (status, confirmed.GetProperty("confirmed").GetBoolean()));
        Assert.True((await _service.Get(path)).GetProperty("phoneConfirmed").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, (await Send(HttpMethod.Post, $"{path}/phoneConfirmations")).Status);

        await _service.Publish(new OrderStatusChanged(Changed(1, 2, OrderStatus.Cooking)) { MembershipNumber = path[9..] });
        await Eventually.Holds(() =>
        {
            Assert.Equal(2, _stub.Delivered.Count);
            return Task.CompletedTask;
        });

        (_, var changed) = await Send(HttpMethod.Patch, path, new { phone = "010-1111-2222" });
        Assert.False(changed.GetProperty("phoneConfirmed").GetBoolean());
    }

    [Fact]
    public async Task The_code_is_kept_where_nobody_can_read_it()
    {
        var number = await SignUp();
        await Send(HttpMethod.Post, $"/members/{number}/phoneConfirmations");
        var code = CodeIn(Assert.Single(_stub.Delivered));

        var kept = Assert.Single(await _service.Database.Query<string>("select code_hash from phone_confirmations", new { }, CancellationToken.None));

        Assert.Matches("^[0-9a-f]{64}$", kept);
        Assert.DoesNotContain(code, kept, StringComparison.Ordinal);
        Assert.Empty((await _service.Get("/notifications")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray());
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again_over_both_protocols()
    {
        var number = await SignUp();
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await Send(HttpMethod.Post, $"/members/{number}/phoneConfirmations")).Status);

        // Another who says that the telephone is theirs is no other telephone.
        using var again = await _service.Rest.PostAsync(new Uri($"/members/{await SignUp()}/phoneConfirmations", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
        Assert.InRange(again.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Equal("TOO_MANY_TO_PHONE", JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement.GetProperty("reason").GetString());

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _service.Members.SendPhoneCodeAsync(new SendPhoneCodeRequest { MembershipNumber = number }));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.True(refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal(2, _stub.Delivered.Count);
    }

    [Fact]
    public async Task The_same_over_gRPC_and_for_owners()
    {
        var member = await SignUp();
        var sent = (await _service.Members.SendPhoneCodeAsync(new SendPhoneCodeRequest { MembershipNumber = member })).Confirmation;
        Assert.Equal(("010-1234-5678", false, 2), (sent.Phone, sent.Confirmed, sent.TriesLeft));
        var confirming = new ConfirmPhoneRequest { MembershipNumber = member, Code = CodeIn(_stub.Delivered[0]) };
        Assert.True((await _service.Members.ConfirmPhoneAsync(confirming)).Confirmation.Confirmed);
        Assert.True((await _service.Members.GetMemberAsync(new GetMemberRequest { MembershipNumber = member })).Member.PhoneConfirmed);

        (await _service.Rest.PutAsJsonAsync("/owners/2/contact", new { phone = "010-9999-8888", channel = "sms" })).EnsureSuccessStatusCode();
        await _service.Notifications.SendOwnerPhoneCodeAsync(new SendOwnerPhoneCodeRequest { StoreId = 2 });
        Assert.Equal("01099998888", _stub.Delivered[1].To);
        for (var time = 0; time < 2; time++)
        {
            var wrong = new ConfirmOwnerPhoneRequest { StoreId = 2, Code = CodeIn(_stub.Delivered[1]) == "000000" ? "000001" : "000000" };
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await _service.Notifications.ConfirmOwnerPhoneAsync(wrong))).StatusCode);
        }

        var right = new ConfirmOwnerPhoneRequest { StoreId = 2, Code = CodeIn(_stub.Delivered[1]) };
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () => await _service.Notifications.ConfirmOwnerPhoneAsync(right))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Send(HttpMethod.Post, "/owners/2/contact/phoneConfirmations")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/owners/2/contact/phoneConfirmations", new { code = CodeIn(_stub.Delivered[2]) })).Status);
        Assert.True((await _service.Notifications.GetOwnerContactAsync(new GetOwnerContactRequest { StoreId = 2 })).Contact.PhoneConfirmed);
    }

    [Theory]
    [InlineData("{}", "code")]
    [InlineData("""{"code": "12345"}""", "code")]
    [InlineData("""{"code": {}}""", "code")]
    [InlineData("[]", "body")]
    public async Task A_refusal_names_the_field(string body, string field)
    {
        var (status, problem) = await Send(HttpMethod.Put, $"/members/{await SignUp()}/phoneConfirmations", JsonDocument.Parse(body).RootElement);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_provider_that_refuses_is_no_code_sent()
    {
        _stub.Fault = static _ => NhnFault.Refuses;

        var (status, problem) = await Send(HttpMethod.Post, $"/members/{await SignUp()}/phoneConfirmations");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "CODE_NOT_SENT"), (status, problem.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Anothers_membership_number_looks_as_one_that_nobody_has()
    {
        var number = (await _service.Members.SignUpAsync(new SignUpRequest { Name = "lee", Phone = "010-1234-5678", Channel = ContactChannel.Sms, CustomerId = "lee" })).Member.MembershipNumber;

        await _service.Publish(
            new OrderStatusChanged(Changed(1, 2, OrderStatus.OrderReceived)) { MembershipNumber = number },
            new OrderStatusChanged(Changed(2, 2, OrderStatus.OrderReceived)) { MembershipNumber = "100000000008" },
            new OrderStatusChanged(Changed(3, 2, OrderStatus.OrderReceived)) { MembershipNumber = number, CustomerId = "lee" });

        var told = await Eventually.Gives(async () =>
        {
            var feed = (await _service.Get("/notifications")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray().ToList();
            Assert.Equal(3, feed.Count);
            return feed.ToDictionary(static one => one.GetProperty("orderId").GetInt64(), static one => $"{one.GetProperty("channel")} {one.GetProperty("recipient")} {one.GetProperty("refusal")}");
        });
        Assert.Equal(("console 김철수 ", "console 김철수 ", "none lee PHONE_NOT_CONFIRMED"), (told[1], told[2], told[3]));
        await Eventually.Holds(async () => Assert.Equal(400, (await _service.Get($"/members/{number}/points")).GetProperty("points").GetInt64()));
    }

    private static string CodeIn(DeliveredMessage message)
    {
        Assert.Equal("sms", message.Channel);
        return System.Text.RegularExpressions.Regex.Match(message.Text, "[0-9]{6}", default, TimeSpan.FromSeconds(1)).Value;
    }

    private async Task<string> SignUp() =>
        (await _service.Members.SignUpAsync(new SignUpRequest { Name = "kim", Phone = "010-1234-5678", Channel = ContactChannel.Kakao })).Member.MembershipNumber;

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _service.Rest.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
