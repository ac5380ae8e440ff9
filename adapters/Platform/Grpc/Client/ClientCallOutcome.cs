using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>How a call ends: by its trailers, an error, its deadline or its caller; the first of them counts.</summary>
abstract partial class ClientCall
{
    static readonly TimeSpan _longestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    readonly Lock _ending = new();
    ITimer? _clock;
    TimeSpan? _timeout;
    Status? _given;
    Status? _status;
    Metadata _trailers = Metadata.Empty;
    CancellationTokenRegistration _byCaller;
    CancellationTokenRegistration _byChannel;

    public bool HasEnded => Volatile.Read(ref _hasEnded);

    bool _hasEnded;

    public Status EndStatus()
    {
        lock (_ending)
        {
            return _status ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");
        }
    }

    public Metadata EndTrailers()
    {
        lock (_ending)
        {
            return _status is null
                ? throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.")
                : _trailers;
        }
    }

    /// <summary>Gives the call up if it still runs.</summary>
    public void Dispose()
    {
        GiveUp(new Status(StatusCode.Cancelled, "gRPC call disposed."));
        End(_given!.Value, Metadata.Empty);
    }

    /// <summary>The call is given up with this outcome, unless it has ended.</summary>
    public void GiveUp(Status status)
    {
        lock (_ending)
        {
            _given ??= status;
            if (_hasEnded)
            {
                return;
            }
        }

        _cancel.Cancel();
    }

    public void GiveUpByCaller() => GiveUp(CancelledByCaller);

    /// <summary>Ends the call with what stands behind the last message.</summary>
    protected void EndWithTrailers(HttpResponseMessage response)
    {
        var (status, trailers) = ResponseChecks.ReadOutcome(response);
        if (status.StatusCode == StatusCode.Cancelled && _given is { StatusCode: StatusCode.DeadlineExceeded } late)
        {
            status = late;
        }

        End(status, trailers);
    }

    /// <summary>Ends the call if the answer is an outcome without any message.</summary>
    public void EndIfOutcome(HttpResponseMessage response)
    {
        if (ResponseChecks.Find(response.Headers, Headers.Status) is not null)
        {
            EndWithTrailers(response);
        }
    }

    /// <summary>Ends the call with an error and gives what its caller shall see.</summary>
    public Exception Fail(Exception exception)
    {
        lock (_ending)
        {
            if (!_hasEnded)
            {
                var (status, trailers) = exception is RpcException refusal
                    ? (refusal.Status, refusal.Trailers)
                    : (_given is { } given ? new Status(given.StatusCode, given.Detail, exception) : TransportErrors.ToStatus(exception), Metadata.Empty);
                End(status, trailers);
            }
        }

        _cancel.Cancel();
        return EndException();
    }

    /// <summary>The outcome as an exception.</summary>
    public Exception EndException()
    {
        var status = EndStatus();
        return channel.Options.ThrowOperationCanceledOnCancellation
            && status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
            && _given is not null
            ? new OperationCanceledException(status.Detail, status.DebugException, options.CancellationToken)
            : new RpcException(status, _trailers);
    }

    protected virtual void OnEnded()
    {
    }

    static Status CancelledByCaller => new(StatusCode.Cancelled, "Call canceled by the client.");

    void End(Status status, Metadata trailers)
    {
        lock (_ending)
        {
            if (_hasEnded)
            {
                return;
            }

            (_status, _trailers) = (status, trailers);
            Volatile.Write(ref _hasEnded, true);
        }

        _clock?.Dispose();
        _byCaller.Unregister();
        _byChannel.Unregister();
        if (_activity is not null)
        {
            _activity.SetTag("grpc.status_code", StatusTexts.Of(status.StatusCode));
            _activity.Stop();
        }

        OnEnded();
    }

    void StartClock()
    {
        if (options.CancellationToken.CanBeCanceled)
        {
            _byCaller = options.CancellationToken.UnsafeRegister(static call => ((ClientCall)call!).GiveUpByCaller(), this);
        }

        _byChannel = channel.Closing.UnsafeRegister(
            static call => ((ClientCall)call!).GiveUp(new Status(StatusCode.Cancelled, "The channel was closed.")), this);
        if (options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
        {
            return;
        }

        if (deadline.Kind != DateTimeKind.Utc && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException("A deadline is a time in UTC.");
        }

        var timeout = deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        _timeout = timeout;
        if (timeout <= TimeSpan.Zero)
        {
            OnDeadline();
        }
        else if (timeout <= _longestTimer)
        {
            _clock = TimeProvider.System.CreateTimer(static call => ((ClientCall)call!).OnDeadline(), this, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    void OnDeadline() => GiveUp(new Status(StatusCode.DeadlineExceeded, ""));
}
