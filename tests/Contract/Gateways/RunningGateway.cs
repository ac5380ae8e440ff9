using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Gateway;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>A gateway on free ports, before replicas that a test made up; its clients have a customer's token.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly TestAuthority _authority;

    private RunningGateway(WebApplication app, DataFolder data, TestAuthority authority)
    {
        (App, _data, _authority) = (app, data, authority);
        Rest = new HttpClient(new Bearer(authority)) { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
        Rpc = GrpcChannel.ForAddress(app.Urls.Last(), new GrpcChannelOptions { HttpHandler = new Bearer(authority) });
        Stranger = new HttpClient { BaseAddress = Rest.BaseAddress, Timeout = Rest.Timeout };
    }

    public WebApplication App { get; }

    public HttpClient Rest { get; }

    public GrpcChannel Rpc { get; }

    /// <summary>A client without a token.</summary>
    public HttpClient Stranger { get; }

    public TestTokens Tokens => _authority.Tokens;

    public static Task<RunningGateway> To(string service, params IReadOnlyList<RunningService> replicas) => To(service, replicas, []);

    public static Task<RunningGateway> To(string service, IReadOnlyList<RunningService> replicas, params string[] settings) => With(
        [
            $"--{service}:RestAddresses={string.Join(',', replicas.Select(static replica => replica.App.Urls.First()))}",
            $"--{service}:Addresses={string.Join(',', replicas.Select(static replica => replica.App.Urls.Last()))}",
            .. settings,
        ]);

    public static async Task<RunningGateway> With(params string[] settings)
    {
        // Behind the usual addresses there may be a platform that somebody tries beside the tests.
        var nobody = ServiceCatalog.Services.SelectMany(static service => new[] { "RestAddresses", "Addresses" }.Select(kind => $"--{service.Name}:{kind}=http://127.0.0.1:1"));
        var data = new DataFolder();
        var authority = await TestAuthority.Start();
        var builder = ServiceBuilder.Create(
            "Gateway", ["--environment", "Development", "--Gateway:RestPort=0", "--Gateway:GrpcPort=0", "--data", data.Path, .. authority.Settings, .. nobody, .. settings], 8088, 9088);
        builder.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        await ServiceRunner.Start(app);
        return new RunningGateway(app, data, authority);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        Rpc.Dispose();
        Stranger.Dispose();
        await App.DisposeAsync();
        await _authority.DisposeAsync();
        _data.Dispose();
    }

    private sealed class Bearer(TestAuthority authority) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly string _token = authority.Tokens.For("kim", "customer");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", _token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
