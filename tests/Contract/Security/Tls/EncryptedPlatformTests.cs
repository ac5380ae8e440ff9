using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Tls;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Tests.Contract.Security.Tls;

/// <summary>Every service with a certificate of the house's root, which each shows the others and demands of them; before them a gateway that the public knows by another root.</summary>
public sealed class EncryptedPlatformTests : IAsyncLifetime, IDisposable
{
    private const string Demanded = "--Kestrel:EndpointDefaults:ClientCertificateMode=RequireCertificate";
    private readonly DataFolder _data = new();
    private readonly List<WebApplication> _apps = [];
    private readonly Dictionary<string, Uri> _rest = new(StringComparer.Ordinal);
    private readonly TestRoot _house;
    private readonly TestRoot _public;
    private readonly Issued _ours;
    private readonly string _authority = $"https://localhost:{FreePort.Next()}";
    private readonly string _entry = $"https://localhost:{FreePort.Next()}";

    public EncryptedPlatformTests()
    {
        (_house, _public) = (new TestRoot(_data.Path, "house"), new TestRoot(_data.Path, "public"));
        _ours = _house.Issue("operator");
    }

    public async Task InitializeAsync()
    {
        await Start("Identity", $"--Identity:RestPort={new Uri(_authority).Port}");
        await Start("Pay", "--Pay:RestPort=0", "--Pay:GrpcPort=0", "--Pay:Provider=Simulator");
        var pay = _apps[^1].Urls.Last();
        await Start("Store", "--Store:RestPort=0", "--Store:GrpcPort=0", "--Store:DemoStores=true");
        await Start("Order", "--Order:RestPort=0", "--Order:GrpcPort=0", $"--Pay:Addresses={pay}");
        var nobody = ServiceCatalog.Services.SelectMany(static service => new[] { "RestAddresses", "Addresses" }.Select(kind => $"--{service.Name}:{kind}=https://127.0.0.1:1"));
        var port = new Uri(_entry).Port;
        await Run("Gateway", [
            .. _public.Issue("entry").Own, .. _house.Issue("gateway").Outbound, .. nobody,
            $"--Gateway:RestPort={port}", $"--Gateway:GrpcPort={port}", $"--Order:RestAddresses={_apps[^1].Urls.First()}", $"--Order:Addresses={_apps[^1].Urls.Last()}"]);
    }

    [Fact]
    public async Task An_order_is_placed_and_paid_where_every_connection_is_encrypted_and_both_ends_are_known()
    {
        using var identity = _house.Client(_authority, _ours);
        using var customer = _public.Client(_entry);
        customer.DefaultRequestHeaders.Authorization = await Token(identity, "kim");
        var order = await Eventually.Gives(async () =>
        {
            using var placed = await customer.PostAsJsonAsync("/orders", new { item = "chicken", address = "서울" });
            Assert.True(placed.StatusCode is HttpStatusCode.Created, await placed.Content.ReadAsStringAsync());
            return (await placed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetInt64();
        });

        using var pay = _house.Client(_rest["Pay"].ToString(), _ours);
        pay.DefaultRequestHeaders.Authorization = await Token(identity, "ops");
        var payment = (await pay.GetFromJsonAsync<JsonElement>($"/payments?orderId={order}")).GetProperty("_embedded").GetProperty("payments")[0];
        Assert.Equal(order, payment.GetProperty("orderId").GetInt64());

        // The same port speaks the other protocol.
        using var channel = GrpcChannel.ForAddress(_entry, new GrpcChannelOptions { HttpClient = customer });
        var headers = new Metadata { { "authorization", customer.DefaultRequestHeaders.Authorization.ToString() } };
        Assert.Equal(order, (await new OrderService.OrderServiceClient(channel).GetOrderAsync(new GetOrderRequest { OrderId = order }, headers)).Order.OrderId);
    }

    [Fact]
    public async Task Who_shows_no_certificate_or_one_of_another_root_does_not_come_in()
    {
        using var known = _house.Client(_rest["Pay"].ToString(), _ours);
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("/healthz/live")).StatusCode);

        using var nobody = _house.Client(_rest["Pay"].ToString());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => nobody.GetAsync("/healthz/live"));

        using var stranger = _house.Client(_rest["Pay"].ToString(), _public.Issue("stranger"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stranger.GetAsync("/healthz/live"));
    }

    [Fact]
    public async Task A_service_is_believed_for_its_root_and_a_provider_of_tokens_too()
    {
        Assert.Equal(HttpStatusCode.OK, await Asked(_house, static (security, handler) => security.ForServices(handler)));
        Assert.Equal(HttpStatusCode.OK, await Asked(_house, static (security, handler) => security.ForOthers(handler)));
        foreach (var way in new Func<TransportSecurity, SocketsHttpHandler, SocketsHttpHandler>[] { static (security, handler) => security.ForServices(handler), static (security, handler) => security.ForOthers(handler) })
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Asked(_public, way));
            Assert.IsType<AuthenticationException>(refused.InnerException);
        }
    }

    public async Task DisposeAsync()
    {
        for (var last = _apps.Count - 1; last >= 0; last--)
            await _apps[last].DisposeAsync();
    }

    public void Dispose()
    {
        _house.Dispose();
        _public.Dispose();
        _data.Dispose();
    }

    private async Task<HttpStatusCode> Asked(TestRoot believed, Func<TransportSecurity, SocketsHttpHandler, SocketsHttpHandler> way)
    {
        var settings = new ConfigurationBuilder().AddCommandLine([$"--Trust:CertificateAuthority={believed.Path}", .. _ours.Outbound]).Build();
        using var client = new HttpClient(way(new TransportSecurity(settings), new SocketsHttpHandler()));
        return (await client.GetAsync(new Uri(_rest["Pay"], "/healthz/live"))).StatusCode;
    }

    private static async Task<AuthenticationHeaderValue> Token(HttpClient identity, string client)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", "a secret of the tests")]);
        using var answer = await identity.PostAsync("/connect/token", form);
        return new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
    }

    private Task Start(string service, params string[] settings) => Run(service, [.. _house.Issue(service).Own, Demanded, .. settings]);

    private async Task Run(string name, string[] settings)
    {
        string[] clients =
        [
            .. new[] { ("order", "service"), ("kim", "customer"), ("ops", "operator") }.SelectMany(static (client, number) => new[]
            {
                $"--Identity:Clients:{number}:Id={client.Item1}", $"--Identity:Clients:{number}:Secret=a secret of the tests", $"--Identity:Clients:{number}:Role={client.Item2}", $"--Identity:Clients:{number}:Subject={client.Item1}",
            }),
        ];
        var app = ServiceCatalog.Find(name).Build([
            "--environment=Production", "--data", _data.Path, "--Shutdown:DrainDelay=0", "--Shutdown:OnSignal=false", "--Identity:OutsideDevelopment=true",
            "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000",
            $"--Auth:Authority={_authority}", "--Auth:ClientId=order", "--Auth:ClientSecret=a secret of the tests", $"--Trust:CertificateAuthority={_house.Path}", .. clients, .. settings]);
        _apps.Add(app);
        await ServiceRunner.Start(app);
        _rest[name] = new Uri(app.Urls.First());
    }
}
