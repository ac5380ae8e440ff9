namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Ends what was created for one call.</summary>
static class Disposal
{
    public static bool IsNeeded(object instance, bool created) => created && (instance is IDisposable or IAsyncDisposable);

    public static async ValueTask DisposeAsync(object instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    public static async Task<T> ThenDispose<T>(Task<T> task, object instance)
    {
        try
        {
            return await task;
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    public static async Task ThenDispose(Task task, object instance)
    {
        try
        {
            await task;
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }
}
