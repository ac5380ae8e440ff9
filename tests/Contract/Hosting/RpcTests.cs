using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RichStatus = Google.Rpc.Status;

namespace FoodDelivery.Tests.Contract.Hosting;

public sealed class RpcTests
{
    [Theory]
    [InlineData(ErrorKind.Invalid, StatusCode.InvalidArgument)]
    [InlineData(ErrorKind.OutOfRange, StatusCode.OutOfRange)]
    [InlineData(ErrorKind.NotFound, StatusCode.NotFound)]
    [InlineData(ErrorKind.Conflict, StatusCode.FailedPrecondition)]
    [InlineData(ErrorKind.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(ErrorKind.Declined, StatusCode.FailedPrecondition)]
    [InlineData(ErrorKind.KeyReused, StatusCode.InvalidArgument)]
    [InlineData(ErrorKind.Unavailable, StatusCode.Unavailable)]
    public void Each_kind_of_refusal_has_its_code(ErrorKind kind, StatusCode code) =>
        Assert.Equal(code, new Error(kind, "SOME_REASON", "no").ToRpcException().StatusCode);

    [Fact]
    public async Task A_refusal_carries_its_details()
    {
        await using var service = await Serving(() => throw new Error(ErrorKind.Unavailable, "PAYMENT_DOWN", "결제가 안 됩니다.")
        {
            Field = "storeId", Expected = "18000", Order = new OrderId(7), RetryAfter = TimeSpan.FromSeconds(3),
        }.ToRpcException());

        var refusal = await Refused(service);

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Equal("결제가 안 됩니다.", refusal.Status.Detail);
        var status = RichStatus.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((int)StatusCode.Unavailable, status.Code);
        var info = status.Details[0].Unpack<ErrorInfo>();
        Assert.Equal(("PAYMENT_DOWN", "fooddelivery", "7", "18000"), (info.Reason, info.Domain, info.Metadata["order_id"], info.Metadata["expected"]));
        Assert.Equal("store_id", status.Details[1].Unpack<BadRequest>().FieldViolations.Single().Field);
        Assert.Equal(3, status.Details[2].Unpack<RetryInfo>().RetryDelay.Seconds);
    }

    [Fact]
    public void A_refusal_that_repeats_much_of_the_request_still_fits_the_callers_headers()
    {
        var refusal = Error.Invalid("item", $"There is no {string.Concat(Enumerable.Repeat("🍕", 20_000))}.").ToRpcException();

        Assert.StartsWith("There is no 🍕", refusal.Status.Detail, StringComparison.Ordinal);
        var escaped = 3 * Encoding.UTF8.GetByteCount(refusal.Status.Detail);
        var details = refusal.Trailers.GetValueBytes("grpc-status-details-bin")!.Length * 4 / 3;
        Assert.InRange(escaped + details, 1, 8 * 1024);
        Assert.All(refusal.Status.Detail.EnumerateRunes(), static rune => Assert.NotEqual(Rune.ReplacementChar, rune));
    }

    [Fact]
    public async Task Whoever_loses_against_others_all_the_time_is_aborted()
    {
        await using var service = await Serving(() => throw new ConcurrencyException());

        Assert.Equal(StatusCode.Aborted, (await Refused(service)).StatusCode);
    }

    [Fact]
    public async Task An_unexpected_failure_tells_nothing_but_where_to_look()
    {
        await using var service = await Serving(() => throw new InvalidOperationException("secret"));

        var failure = await Refused(service);

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.DoesNotContain("secret", failure.Status.Detail, StringComparison.Ordinal);
        await Eventually.Holds(async () => Assert.Contains(
            "rpc_server_call_duration_seconds_count{rpc_method=\"/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus\",rpc_response_status_code=\"Internal\"} 1\n",
            await service.Rest.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_ends_politely_when_the_service_stops()
    {
        await using var service = await Serving(static () => new GetOrderStatusResponse());
        using var channel = Channel(service);
        using var watching = new OrderStatusService.OrderStatusServiceClient(channel).WatchOrder(new WatchOrderRequest(), deadline: Soon());
        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None));

        var stopped = service.App.StopAsync();

        var end = await Assert.ThrowsAsync<RpcException>(() => watching.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Contains("being stopped", end.Status.Detail, StringComparison.Ordinal);
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("application/grpc-web+json")]
    [InlineData("Application/grpc-web-text+JSON; charset=utf-8")]
    [InlineData("application/grpc+json")]
    public async Task Messages_of_another_format_are_refused_without_an_error_of_ours(string type)
    {
        var log = new ErrorLog();
        await using var service = await RunningService.With(
            builder => builder.Services.AddSingleton<Func<GetOrderStatusResponse>>(static () => new GetOrderStatusResponse()).AddSingleton<ILoggerProvider>(log),
            static app => app.MapGrpcService<Scripted>());
        using var body = new StringContent("{\"orderId\":1}");
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await service.Rest.PostAsync(new Uri("/fooddelivery.customer.v1.OrderStatusService/GetOrderStatus", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("12", Assert.Single(answer.Headers.GetValues("grpc-status")));
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Texts_are_taken_composed_and_those_that_break_a_screen_are_refused_by_name()
    {
        var customer = "";
        await using var service = await RunningService.With(
            builder => builder.Services.AddSingleton<Action<ListOrderStatusesRequest>>(request => customer = request.CustomerId), static app => app.MapGrpcService<Listening>());
        using var channel = Channel(service);
        var client = new OrderStatusService.OrderStatusServiceClient(channel);

        await client.ListOrderStatusesAsync(new ListOrderStatusesRequest { CustomerId = "\u1100\u1175\u11b7" }, deadline: Soon());
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.ListOrderStatusesAsync(new ListOrderStatusesRequest { CustomerId = "a\u202eb" }, deadline: Soon()));

        Assert.Equal("김", customer);
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal("customer_id", RichStatus.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin")).Details[1].Unpack<BadRequest>().FieldViolations.Single().Field);
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Errors.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Listening(Action<ListOrderStatusesRequest> heard) : OrderStatusService.OrderStatusServiceBase
    {
        public override Task<ListOrderStatusesResponse> ListOrderStatuses(ListOrderStatusesRequest request, ServerCallContext context)
        {
            heard(request);
            return Task.FromResult(new ListOrderStatusesResponse());
        }
    }

    private static Task<RunningService> Serving(Func<GetOrderStatusResponse> answer) => RunningService.With(
        builder => builder.Services.AddSingleton(answer), static app => app.MapGrpcService<Scripted>());

    private static async Task<RpcException> Refused(RunningService service)
    {
        using var channel = Channel(service);
        var client = new OrderStatusService.OrderStatusServiceClient(channel);
        return await Assert.ThrowsAsync<RpcException>(async () => await client.GetOrderStatusAsync(new GetOrderStatusRequest(), deadline: Soon()));
    }

    private static GrpcChannel Channel(RunningService service) => GrpcChannel.ForAddress(service.App.Urls.Last());

    private static DateTime Soon() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);

    private sealed class Scripted(Func<GetOrderStatusResponse> answer) : OrderStatusService.OrderStatusServiceBase
    {
        public override Task<GetOrderStatusResponse> GetOrderStatus(GetOrderStatusRequest request, ServerCallContext context) => Task.FromResult(answer());

        public override async Task WatchOrder(WatchOrderRequest request, IServerStreamWriter<WatchOrderResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new WatchOrderResponse { OrderId = 1 });
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
    }
}
