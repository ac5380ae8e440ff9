using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.EndToEnd.BadInput;
using FoodDelivery.Tests.Support.Processes;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd.Gateways;

/// <summary>What a stranger may send to the gateway: refused, told to nobody, and nobody else notices.</summary>
[Collection(RunningLocal.Name)]
public sealed partial class EdgeTests(RunningLocal local)
{
    private const string Secret = "s3cret-that-no-log-may-have";
    private const string Smuggled = "GET /orders/987654321 HTTP/1.1\r\nHost: x\r\n\r\n";

    private ServiceAddress Gateway => local.Fleet.Addresses["Gateway"];

    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 60", "{}")]
    [InlineData("Content-Length: 2, 60", "{}")]
    [InlineData("Content-Length: 0x2", "{}")]
    [InlineData("Transfer-Encoding: xchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity, chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\u000bchunked", "0\r\n\r\n")]
    [InlineData("X: y\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip", "0\r\n\r\n")]
    public async Task A_request_that_can_be_read_in_two_ways_is_refused_and_nothing_of_it_passes(string headers, string body)
    {
        var answer = await Send($"POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Secret}\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}{Smuggled}");

        // It may hang up so fast that its answer is lost.
        Assert.All(Statuses().Matches(answer), static match => Assert.Contains(match.Groups["status"].Value, new[] { "400", "501" }));
        Assert.InRange(Statuses().Count(answer), 0, 1);
        Assert.DoesNotContain("987654321", answer, StringComparison.Ordinal);
        await NobodyNoticed();
    }

    [Theory]
    [InlineData("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n", "413")]
    [InlineData("GET /orders HTTP/1.1\r\nHost: x\r\nX: {20000}\r\n\r\n", "431")]
    [InlineData("GET /orders?q={20000} HTTP/1.1\r\nHost: x\r\n\r\n", "414")]
    [InlineData("GET /orders HTTP/1.1\r\nHost: x\r\n{200 lines}\r\n", "431")]
    public async Task What_is_too_large_is_refused(string request, string status)
    {
        var whole = request.Replace("{20000}", new string('y', 20_000), StringComparison.Ordinal)
            .Replace("{200 lines}", string.Concat(Enumerable.Range(0, 200).Select(static number => $"X-{number}: y\r\n")), StringComparison.Ordinal);

        Assert.Contains($"HTTP/1.1 {status}", await Send(whole), StringComparison.Ordinal);
        await NobodyNoticed();
    }

    [Theory]
    [InlineData("Bearer " + Secret)]
    [InlineData("Bearer a.b.c.d." + Secret)]
    [InlineData("Bearer")]
    [InlineData("Basic ZGVtbzpkZW1v")]
    [InlineData("Bearer {12000}")]
    public async Task A_token_that_is_none_is_refused_and_written_down_nowhere(string authorization)
    {
        var header = authorization.Replace("{12000}", Secret + new string('y', 12_000), StringComparison.Ordinal);

        Assert.Contains("HTTP/1.1 401", await Send($"POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: {header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        await NobodyNoticed();
    }

    [Fact]
    public async Task A_flood_of_streams_that_are_taken_back_at_once_ends_its_own_connection_alone()
    {
        using var flood = await Http2Connection.Open(Gateway.GrpcPort);
        var sent = 0;
        while (sent < 20_000 && await flood.TrySend(Http2Connection.Opened(sent), Http2Connection.TakenBack(sent)))
            sent++;

        Assert.True(await flood.IsEnded(), $"After {sent} streams the connection is still open.");
        await NobodyNoticed();
    }

    [Fact]
    public async Task A_connection_has_no_more_streams_than_it_may()
    {
        using var connection = await Http2Connection.Open(Gateway.GrpcPort);
        var token = await local.Fleet.Token("demo-customer");
        for (var stream = 0; stream < 400; stream++)
            Assert.True(await connection.TrySend(Http2Connection.Opened(stream, token)));

        Assert.True(await connection.RefusesAStream(), "Not one of 400 streams was refused.");
        await NobodyNoticed();
    }

    /// <summary>Each is short enough; handed on they are one that is not, on a connection that everybody's calls share.</summary>
    [Fact]
    public async Task Headers_that_are_too_long_together_break_nobody_elses_call()
    {
        using var hostile = await Http2Connection.Open(Gateway.GrpcPort);
        var token = await local.Fleet.Token("demo-customer");
        var orders = new OrderService.OrderServiceClient(local.Fleet.Channel("Gateway"));
        var authorized = new Metadata { { "authorization", $"Bearer {token}" } };
        var half = ("x-a", new string('a', 5_120));

        var placed = Enumerable.Range(0, 30).Select(async number =>
        {
            Assert.True(await hostile.TrySend(Http2Connection.Called(number, "/fooddelivery.ordering.v1.OrderService/GetOrder", token, half, half)));
            await orders.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "chicken" } } }, authorized);
        });

        await Task.WhenAll(placed);
        await NobodyNoticed();
    }

    private async Task NobodyNoticed()
    {
        using var client = new HttpClient { BaseAddress = Gateway.Rest, Timeout = TimeSpan.FromSeconds(10) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/stores")).StatusCode);
        Assert.DoesNotContain(Secret, local.Fleet.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", local.Fleet.Output, StringComparison.Ordinal);
    }

    private async Task<string> Send(string text)
    {
        var answer = await RawSocket.Send(Gateway.RestPort, Encoding.Latin1.GetBytes(text), Ending.Answer);
        return answer ?? throw new InvalidOperationException("It neither answered nor hung up.");
    }

    [GeneratedRegex("HTTP/1\\.[01] (?<status>[0-9]{3}) ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Statuses();
}
