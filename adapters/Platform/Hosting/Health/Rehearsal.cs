namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>Goes a way as often as it takes to make its code and connections, and as many times at once as callers may come at first.</summary>
public static class Rehearsal
{
    private const int Rounds = 4;
    private const int AtOnce = 20;

    /// <summary>Fails as <paramref name="go"/> does, after the round in which it failed.</summary>
    public static async Task Of(Func<Task> go)
    {
        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => go()));
    }
}
