using Grpc.Core;

namespace FoodDelivery.Tests.Grpc;

/// <summary>What a test sees of the server's side of a call.</summary>
sealed class Observed
{
    readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerCallContext? Context { get; private set; }

    public Metadata? RequestHeaders { get; private set; }

    public string? Host { get; private set; }

    public string? Peer { get; private set; }

    public string? HttpMethod { get; private set; }

    public int Written { get; set; }

    public Task Cancelled => _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Handling(ServerCallContext context)
    {
        Context = context;
        RequestHeaders = context.RequestHeaders;
        (Host, Peer, HttpMethod) = (context.Host, context.Peer, context.GetHttpContext().Request.Method);
        context.CancellationToken.Register(_cancelled.SetResult);
    }

    /// <summary>A handler that heeds no token.</summary>
    public Task HangAsync() => _release.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Release() => _release.TrySetResult();
}
