using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class ClientFactories
{
    [Fact]
    public async Task A_registered_client_calls_its_address()
    {
        await using var server = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = server.Http2);
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<EchoService.EchoServiceClient>();

        Assert.Equal("hello", (await client.SayAsync(new SayRequest { Text = "hello" })).Text);
        Assert.NotSame(client, provider.GetRequiredService<EchoService.EchoServiceClient>());
    }

    [Fact]
    public async Task Clients_of_several_names_have_channels_of_their_own()
    {
        await using var one = await EchoServer.StartAsync();
        await using var two = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoService.EchoServiceClient>("one", options => options.Address = one.Http2);
        services.AddGrpcClient<EchoService.EchoServiceClient>("two", (_, options) => options.Address = two.Http2);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        await factory.CreateClient<EchoService.EchoServiceClient>("two").SayAsync(new SayRequest());

        Assert.Null(one.Observed.Context);
        Assert.NotNull(two.Observed.Context);
        Assert.Throws<InvalidOperationException>(() => factory.CreateClient<EchoService.EchoServiceClient>("three"));
    }

    [Fact]
    public async Task A_client_without_an_address_says_so()
    {
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoService.EchoServiceClient>();
        await using var provider = services.BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(provider.GetRequiredService<EchoService.EchoServiceClient>);
    }

    [Fact]
    public async Task Interceptors_are_made_with_the_channel_or_with_each_client()
    {
        await using var server = await EchoServer.StartAsync();
        var (ofChannel, ofClient) = (0, 0);
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = server.Http2)
            .AddInterceptor(() => new Adding("channel", ++ofChannel))
            .AddInterceptor(InterceptorScope.Client, () => new Adding("client", ++ofClient));
        await using var provider = services.BuildServiceProvider();

        for (var i = 1; i <= 2; i++)
        {
            await provider.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest());
            Assert.Equal($"client {i}, channel 1", server.Observed.RequestHeaders!.GetValue("seen"));
        }
    }

    [Fact]
    public async Task Handlers_and_channel_settings_are_applied()
    {
        await using var server = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddTransient<Stamping>();
        services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = server.Http2)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            })
            .AddHttpMessageHandler<Stamping>()
            .ConfigureChannel(options => options.MaxReceiveMessageSize = 10);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<EchoService.EchoServiceClient>();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.SayAsync(new SayRequest { Text = new string('x', 100) }));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal("stamped", server.Observed.RequestHeaders!.GetValue("stamp"));
    }

    [Fact]
    public async Task Credentials_go_with_every_call_and_know_which_it_is()
    {
        await using var server = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddScoped<Token>();
        services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = server.Http2)
            .ConfigureChannel(options => options.UnsafeUseInsecureChannelCallCredentials = true)
            .AddCallCredentials((context, metadata, scope) =>
            {
                metadata.Add("authorization", $"Bearer {scope.GetRequiredService<Token>().Value}");
                metadata.Add("asked-for", $"{context.ServiceUrl} {context.MethodName}");
                return Task.CompletedTask;
            });
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Token>().Value = "of this scope";

        await scope.ServiceProvider.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest());

        Assert.Equal("Bearer of this scope", server.Observed.RequestHeaders!.GetValue("authorization"));
        Assert.Equal($"{server.Http2}fooddelivery.tests.echo.v1.EchoService Say", server.Observed.RequestHeaders!.GetValue("asked-for"));
    }

    [Fact]
    public async Task Credentials_do_not_go_in_cleartext()
    {
        await using var server = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = server.Http2)
            .AddCallCredentials((_, _) => Task.CompletedTask);
        await using var provider = services.BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(() =>
        {
            using var call = provider.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest());
        });
    }

    sealed class Token
    {
        public string Value { get; set; } = "";
    }

    sealed class Stamping : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("stamp", "stamped");
            return base.SendAsync(request, cancellationToken);
        }
    }

    sealed class Adding(string scope, int number) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var headers = context.Options.Headers ?? [];
            headers.Add("seen", $"{scope} {number}");
            return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }
}
