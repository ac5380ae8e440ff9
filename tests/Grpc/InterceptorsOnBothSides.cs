using FoodDelivery.Tests.Grpc.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

public class InterceptorsOnBothSides
{
    [Fact]
    public async Task A_servers_interceptors_stand_in_order_before_every_kind_of_call()
    {
        var log = new Log();
        await using var server = await EchoServer.StartAsync(
            options =>
            {
                options.Interceptors.Add<Noting>("all");
                options.Interceptors.Add<Noting>("next");
            },
            services => services.AddSingleton(log).AddGrpc().AddServiceOptions<EchoHandler>(options => options.Interceptors.Add<Noting>("own")));

        await server.Client.SayAsync(new SayRequest());
        using var often = server.Client.SayOften(new SayRequest { Times = 1 });
        await often.ResponseStream.MoveNext();
        using var collect = server.Client.Collect();
        await collect.RequestStream.CompleteAsync();
        await collect;
        using var converse = server.Client.Converse();
        await converse.RequestStream.CompleteAsync();
        await converse.ResponseStream.MoveNext();

        Assert.Equal(
            "all next own Unary, all next own ServerStreaming, all next own ClientStreaming, all next own DuplexStreaming",
            log.ToString());
    }

    [Fact]
    public async Task An_interceptor_may_refuse_and_may_see_what_a_handler_throws()
    {
        await using var server = await EchoServer.StartAsync(options => options.Interceptors.Add<Translating>());

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.SayAsync(new SayRequest { Text = "crash" }));

        Assert.Equal((StatusCode.DataLoss, "the secret"), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task An_interceptor_is_taken_from_the_services_and_else_ends_with_its_call()
    {
        var registered = new Ending();
        await using var server = await EchoServer.StartAsync(
            options => options.Interceptors.Add<Ending>(), services => services.AddSingleton(registered));
        await server.Client.SayAsync(new SayRequest());
        Assert.Equal((1, false), (registered.Calls, registered.Ended));

        var ended = new List<bool>();
        await using var other = await EchoServer.StartAsync(options => options.Interceptors.Add<Ending>(ended));
        await other.Client.SayAsync(new SayRequest());
        Assert.Equal([true], ended);
    }

    [Fact]
    public async Task A_clients_interceptors_stand_in_order_before_every_kind_of_call()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Channel.Intercept(new Adding("1"), new Adding("2")).Intercept(headers =>
        {
            headers.Add("way", "0");
            return headers;
        });
        var client = new EchoService.EchoServiceClient(invoker);

        await client.SayAsync(new SayRequest());
        Assert.Equal("0, 1, 2", Way(server));
        using var often = client.SayOften(new SayRequest { Times = 1 });
        await often.ResponseStream.MoveNext();
        Assert.Equal("0, 1, 2", Way(server));
        using var collect = client.Collect();
        await collect.RequestStream.CompleteAsync();
        await collect;
        Assert.Equal("0, 1, 2", Way(server));
        using var converse = client.Converse();
        await converse.RequestStream.CompleteAsync();
        await converse.ResponseStream.MoveNext();
        Assert.Equal("0, 1, 2", Way(server));
    }

    static string Way(EchoServer server) => string.Join(", ", server.Observed.RequestHeaders!.GetAll("way").Select(entry => entry.Value));

    sealed class Log
    {
        readonly List<string> _entries = [];

        public void Add(string entry) => _entries.Add(entry);

        public override string ToString() => string.Join(", ", _entries.Chunk(4).Select(chunk => string.Join(' ', chunk)));
    }

    sealed class Noting(Log log, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            Note("Unary", () => continuation(request, context));

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
            Note("ClientStreaming", () => continuation(requestStream, context));

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
            Note("ServerStreaming", () => continuation(request, responseStream, context));

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
            Note("DuplexStreaming", () => continuation(requestStream, responseStream, context));

        T Note<T>(string kind, Func<T> next)
        {
            log.Add(name);
            if (name.Equals("own", StringComparison.Ordinal))
            {
                log.Add(kind);
            }

            return next();
        }
    }

    sealed class Translating : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            try
            {
                return await continuation(request, context);
            }
            catch (InvalidTimeZoneException exception)
            {
                throw new RpcException(new Status(StatusCode.DataLoss, exception.Message));
            }
        }
    }

    sealed class Ending : Interceptor, IDisposable
    {
        readonly List<bool> _seen;

        public Ending() : this([])
        {
        }

        public Ending(List<bool> seen) => _seen = seen;

        public int Calls { get; private set; }

        public bool Ended { get; private set; }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Calls++;
            return continuation(request, context);
        }

        public void Dispose()
        {
            Ended = true;
            _seen.Add(item: true);
        }
    }

    sealed class Adding(string value) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Add(context));

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Add(context));

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(Add(context));

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(Add(context));

        ClientInterceptorContext<TRequest, TResponse> Add<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            context.Options.Headers!.Add("way", value);
            return context;
        }
    }
}
