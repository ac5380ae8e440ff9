using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

public sealed class MemberTests
{
    private static readonly object Kim = new { name = "김철수 🍗", phone = "010-1234-5678", channel = "kakao", language = "ko" };

    [Fact]
    public async Task Who_signs_up_gets_a_number_and_finds_themselves_under_it()
    {
        await using var service = await Start();

        var (status, member, location) = await Send(service, HttpMethod.Post, "/members", Kim);

        Assert.Equal(HttpStatusCode.Created, status);
        var number = member.GetProperty("membershipNumber").GetString()!;
        Assert.Matches("^[0-9]{12}$", number);
        Assert.Equal($"/members/{number}", location);
        Assert.Equal(location, member.GetProperty("_links").GetProperty("member").GetProperty("href").GetString());
        var found = await service.Get(location!);
        Assert.Equal(
            ["김철수 🍗", "010-1234-5678", "kakao", "ko", "active"],
            new[] { "name", "phone", "channel", "language", "status" }.Select(field => found.GetProperty(field).GetString()));
        Assert.Equal(member.GetRawText(), found.GetRawText());
    }

    [Fact]
    public async Task A_repeated_request_is_one_member()
    {
        await using var service = await Start();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => Number((await Send(service, HttpMethod.Post, "/members", Kim, "a")).Body)));

        Assert.Single(numbers.Distinct(StringComparer.Ordinal));
        Assert.NotEqual(numbers[0], Number((await Send(service, HttpMethod.Post, "/members", Kim, "b")).Body));
        var (status, problem, _) = await Send(service, HttpMethod.Post, "/members", new { name = "Lee", phone = "01012345678" }, "a");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED"), (status, problem.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("""{"phone": "010-1234-5678"}""", "name")]
    [InlineData("""{"name": "kim"}""", "phone")]
    [InlineData("""{"name": "kim", "phone": "02-1234-5678"}""", "phone")]
    [InlineData("""{"name": "kim", "phone": "010-1234-5678", "channel": "pigeon"}""", "channel")]
    [InlineData("""{"name": "kim", "phone": "010-1234-5678", "language": "fr"}""", "language")]
    [InlineData("""{"name": "kim", "phone": "010-1234-5678", "language": {}}""", "language")]
    [InlineData("[]", "body")]
    public async Task A_refusal_names_the_field(string body, string field)
    {
        await using var service = await Start();

        var (status, problem, _) = await Send(service, HttpMethod.Post, "/members", JsonDocument.Parse(body).RootElement);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Korean_field_names_and_the_defaults_are_understood()
    {
        await using var service = await Start();

        var (_, member, _) = await Send(service, HttpMethod.Post, "/members", new Dictionary<string, string>(StringComparer.Ordinal) { ["이름"] = "이영희", ["전화번호"] = "010 1111 2222" });

        Assert.Equal(("이영희", "none", "ko"), (member.GetProperty("name").GetString(), member.GetProperty("channel").GetString(), member.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task A_member_changes_their_mind_and_withdraws()
    {
        await using var service = await Start();
        var path = $"/members/{Number((await Send(service, HttpMethod.Post, "/members", Kim)).Body)}";

        var (_, changed, _) = await Send(service, HttpMethod.Patch, path, new { channel = "none", language = "en" });
        Assert.Equal(("none", "en", "김철수 🍗"), (changed.GetProperty("channel").GetString(), changed.GetProperty("language").GetString(), changed.GetProperty("name").GetString()));
        Assert.Equal("phone", (await Send(service, HttpMethod.Patch, path, new { phone = "x" })).Body.GetProperty("field").GetString());

        for (var time = 0; time < 2; time++)
        {
            var (status, left, _) = await Send(service, HttpMethod.Delete, path);
            Assert.Equal((HttpStatusCode.OK, "withdrawn", JsonValueKind.Null), (status, left.GetProperty("status").GetString(), left.GetProperty("phone").ValueKind));
        }

        Assert.Equal(HttpStatusCode.Conflict, (await Send(service, HttpMethod.Patch, path, new { channel = "sms" })).Status);
    }

    [Theory]
    [InlineData("GET", "/members/100000000008")]
    [InlineData("GET", "/members/abc")]
    [InlineData("GET", "/members/100000000008/points")]
    [InlineData("PATCH", "/members/100000000008")]
    [InlineData("DELETE", "/members/100000000008")]
    public async Task Nobody_is_not_found(string method, string path)
    {
        await using var service = await Start();

        var (status, problem, _) = await Send(service, HttpMethod.Parse(method), path, method == "PATCH" ? new { } : null);

        Assert.Equal((HttpStatusCode.NotFound, "MEMBER_NOT_FOUND"), (status, problem.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Accepted_orders_bring_points_once_and_refunds_take_them_back()
    {
        await using var service = await Start();
        var number = Number((await Send(service, HttpMethod.Post, "/members", Kim)).Body);
        OrderStatusChanged[] history =
        [
            .. Life(1, OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking),
            .. Life(2, OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.OrderCancel, OrderStatus.Refunded),
        ];
        foreach (var changed in history)
            changed.MembershipNumber = number;

        await service.Publish(history);
        await service.Publish(history);
        await service.Publish(history, idSuffix: "-again");
        await service.Publish(new OrderStatusChanged(Changed(3, 2, OrderStatus.OrderReceived)) { MembershipNumber = "nobody's" });
        await service.Publish(new OrderStatusChanged(Changed(4, 2, OrderStatus.OrderReceived)) { MembershipNumber = $"{number[..6]}-{number[6..]}" });

        var points = await Eventually.Gives(async () =>
        {
            var account = await service.Get($"/members/{number}/points");

            // There are 800 points on the way there, too, and the sum is read before the changes are.
            Assert.Equal((800L, 4), (account.GetProperty("points").GetInt64(), account.GetProperty("page").GetProperty("totalElements").GetInt32()));
            return account;
        });
        Assert.Equal(
            ["1 earned 400", "2 earned 400", "2 taken_back -400", "4 earned 400"],
            points.GetProperty("history").EnumerateArray().Select(static change =>
                $"{change.GetProperty("orderId")} {change.GetProperty("change").GetString()} {change.GetProperty("points")}").Order(StringComparer.Ordinal));
        Assert.Equal("field: size", (await Send(service, HttpMethod.Get, $"/members/{number}/points?size=0")).Body is var refused ? $"field: {refused.GetProperty("field").GetString()}" : "");
    }

    [Fact]
    public async Task A_cafe_gives_one_point_an_item_where_the_settings_say_so()
    {
        await using var service = await Start("--Customer:Points:PerItem=2,3", "--Customer:Points:Percent=2.5");
        var number = Number((await Send(service, HttpMethod.Post, "/members", Kim)).Body);

        await service.Publish(
            new OrderStatusChanged(Changed(1, 2, OrderStatus.OrderReceived)) { MembershipNumber = number },
            new OrderStatusChanged(Changed(2, 2, OrderStatus.OrderReceived)) { MembershipNumber = number, StoreId = 1 });

        await Eventually.Holds(async () => Assert.Equal(3 + 1_000, (await service.Get($"/members/{number}/points")).GetProperty("points").GetInt64()));
    }

    [Theory]
    [InlineData("Customer:Points:Percent", "101")]
    [InlineData("Customer:Points:Percent", "0.001")]
    [InlineData("Customer:Points:Percent", "one")]
    [InlineData("Customer:Points:PerItem", "cafes")]
    [InlineData("Customer:Points:PerItem", "3,,4")]
    public async Task A_senseless_setting_is_named(string key, string value)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => Start($"--{key}={value}"));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_over_gRPC()
    {
        await using var service = await Start();
        var request = new SignUpRequest { Name = "김철수 🍗", Phone = "+82 10-1234-5678", Channel = ContactChannel.Sms, Language = Language.English, RequestId = "a" };
        var member = (await service.Members.SignUpAsync(request)).Member;

        Assert.Equal(member, (await service.Members.SignUpAsync(request)).Member);
        Assert.Equal(member, (await service.Members.GetMemberAsync(new GetMemberRequest { MembershipNumber = member.MembershipNumber })).Member);
        Assert.Equal(("010-1234-5678", ContactChannel.Sms, Language.English), (member.Phone, member.Channel, member.Language));
        await service.Publish(Enumerable.Range(1, 5).Select(order => new OrderStatusChanged(Changed(order, 2, OrderStatus.OrderReceived)) { MembershipNumber = member.MembershipNumber }));
        await Eventually.Holds(async () => Assert.Equal(2_000, (await Points()).Points));
        var page = await Points(size: 3);
        Assert.Equal((3, 2), (page.History.Count, (await Points(3, page.NextPageToken)).History.Count));

        var changed = await service.Members.ChangeMemberAsync(new ChangeMemberRequest { MembershipNumber = member.MembershipNumber, Channel = ContactChannel.None });
        Assert.Equal(("김철수 🍗", ContactChannel.None, Language.English), (changed.Member.Name, changed.Member.Channel, changed.Member.Language));
        var withdrawn = await service.Members.WithdrawMemberAsync(new WithdrawMemberRequest { MembershipNumber = member.MembershipNumber });
        Assert.Equal(("", ""), (withdrawn.Member.Name, withdrawn.Member.Phone));
        Assert.NotNull(withdrawn.Member.WithdrawnAt);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await service.Members.SignUpAsync(new SignUpRequest { Name = "kim", Phone = "1" }));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);

        async Task<GetPointsResponse> Points(int size = 0, string token = "") => await service.Members.GetPointsAsync(
            new GetPointsRequest { MembershipNumber = member.MembershipNumber, PageSize = size, PageToken = token });
    }

    private static IEnumerable<OrderStatusChanged> Life(long order, params OrderStatus[] statuses) =>
        statuses.Select((status, index) => Changed(order, index + 1, status));

    private static string Number(JsonElement member) => member.GetProperty("membershipNumber").GetString()!;

    private static async Task<(HttpStatusCode Status, JsonElement Body, string? Location)> Send(
        CustomerTestService service, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await service.Rest.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer.Headers.Location?.ToString());
    }
}
