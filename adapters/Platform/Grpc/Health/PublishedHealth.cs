using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Platform.GrpcRuntime.Health;

/// <summary>The states that the last periodic run of the checks gave, and a signal for each new run.</summary>
sealed class PublishedHealth
{
    readonly Lock _gate = new();
    IReadOnlyDictionary<string, ServingStatus> _statuses = new Dictionary<string, ServingStatus>(StringComparer.Ordinal);
    TaskCompletionSource _next = NewSignal();

    /// <summary>A service's state, if it is known, and the signal that ends when another run has been made.</summary>
    public (ServingStatus? Status, Task Next) Get(string service)
    {
        lock (_gate)
        {
            return (_statuses.TryGetValue(service, out var status) ? status : null, _next.Task);
        }
    }

    public void Publish(IReadOnlyDictionary<string, ServingStatus> statuses)
    {
        TaskCompletionSource ended;
        lock (_gate)
        {
            _statuses = statuses;
            (ended, _next) = (_next, NewSignal());
        }

        ended.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
