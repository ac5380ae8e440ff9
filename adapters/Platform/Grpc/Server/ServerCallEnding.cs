using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>How a call ends: once, by its handler or by its deadline, whichever comes first.</summary>
sealed partial class ServerCall
{
    CallDeadline? _deadline;
    Task _deadlineAnswer = Task.CompletedTask;

    public bool HasEnded { get; private set; }

    /// <summary>Fires at the deadline; without one, reading fails by itself when the caller goes.</summary>
    public CancellationToken ReadToken => _deadline?.Token ?? CancellationToken.None;

    /// <summary>Starts the clock if the caller set a deadline; false if it had passed already.</summary>
    public bool StartDeadline()
    {
        if (!GrpcTimeout.TryParse(http.Request.Headers.GrpcTimeout, out var timeout))
        {
            return true;
        }

        if (timeout == TimeSpan.Zero)
        {
            _status = DeadlineExceeded;
            return false;
        }

        _deadline = new CallDeadline(timeout, http.RequestAborted);
        _deadline.Start(OnDeadline);
        return true;
    }

    public void Dispose() => _deadline?.Dispose();

    static Status DeadlineExceeded => new(StatusCode.DeadlineExceeded, "");

    /// <summary>Takes the right to end the call, or gives the task that ends when the deadline's answer is out.</summary>
    bool TryEnd(out Task answered)
    {
        answered = Task.CompletedTask;
        if (_deadline is null)
        {
            return HasEnded ? false : HasEnded = true;
        }

        lock (_deadline)
        {
            answered = _deadlineAnswer;
            return HasEnded ? false : HasEnded = true;
        }
    }

    void OnDeadline()
    {
        lock (_deadline!)
        {
            if (HasEnded)
            {
                return;
            }

            HasEnded = true;
            _deadlineAnswer = AnswerAtDeadlineAsync();
        }
    }

    async Task AnswerAtDeadlineAsync()
    {
        await Task.Yield();
        logger.DeadlinePassed(method.FullName, _deadline!.Timeout);
        try
        {
            // A write that waits for a slow caller is cut short; otherwise the answer goes out before the handler hears of it.
            if (!_deadline.Turn.Wait(0, CancellationToken.None))
            {
                await _deadline.CancelAsync();
                await _deadline.Turn.WaitAsync(http.RequestAborted);
            }

            _status = DeadlineExceeded;
            TagActivity();
            Trailing.Write(http, _status);
            await http.Response.CompleteAsync();
            if (method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming)
            {
                const int NoError = 0;
                http.Features.Get<IHttpResetFeature>()?.Reset(NoError);
            }
        }
        catch (Exception exception)
        {
            logger.DeadlineAnswerFailed(method.FullName, exception);
        }
        finally
        {
            await _deadline.CancelAsync();
        }
    }

    async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (_deadline is null)
        {
            return HasEnded ? throw Ended() : default(Turn);
        }

        await _deadline.Turn.WaitAsync(cancellationToken);
        if (HasEnded)
        {
            _deadline.Turn.Release();
            throw Ended();
        }

        return new Turn(_deadline.Turn);
    }

    static InvalidOperationException Ended() => new("Can't write the message because the request is complete.");

    readonly struct Turn(SemaphoreSlim? held) : IDisposable
    {
        public void Dispose() => held?.Release();
    }
}
