using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>One try to handle one event, in a scope of its own.</summary>
internal sealed class EventDispatcher(IServiceScopeFactory scopes, MessagingMetrics metrics, IOptions<MessagingOptions> options, TimeProvider clock)
{
    /// <exception cref="TimeoutException">The handler took too long.</exception>
    public async Task Handle(Subscription subscription, Envelope envelope, CancellationToken cancellation)
    {
        if (!subscription.Handlers.Knows(envelope.Type))
            return;

        using var activity = Tracing.Start(envelope, subscription.Consumer);
        using var timeout = new CancellationTokenSource(options.Value.HandlerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var received = new ReceivedEvent(
            envelope.Id, envelope.Type, envelope.Time, envelope.Correlation, envelope.Causation, MessageContext.Event(envelope.Id, subscription.Consumer));
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await subscription.Handlers.Handle(scope.ServiceProvider, envelope, received, either.Token);
        }
        catch (OperationCanceledException error) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, "timeout");
            throw new TimeoutException($"The handler of {envelope.Type} took more than {options.Value.HandlerTimeout.TotalSeconds} seconds.", error);
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }

        metrics.Handled(subscription.Consumer, envelope.Type, clock.GetUtcNow() - envelope.Time);
    }
}

/// <summary>Makes the handling of an event a part of the trace that led to it.</summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new("FoodDelivery.Messaging");

    /// <summary>Null if nobody records and the event has no trace. Without a listener the trace's id still goes on into logs and further events.</summary>
    public static Activity? Start(Envelope envelope, string consumer)
    {
        var name = $"handle {envelope.Type}";
        _ = ActivityContext.TryParse(envelope.TraceParent, traceState: null, isRemote: true, out var parent);
        var activity = Source.StartActivity(name, ActivityKind.Consumer, parent);
        if (activity is null && envelope.TraceParent is not null)
            activity = new Activity(name).SetParentId(envelope.TraceParent).Start();

        return activity?
            .SetTag("messaging.consumer.group.name", consumer)
            .SetTag("messaging.message.id", envelope.Id)
            .SetTag("messaging.message.conversation_id", envelope.Correlation);
    }
}
