namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>A script that the server runs as one step, so that nobody sees it half done.</summary>
/// <param name="Name">What metrics call it.</param>
/// <param name="Text">In Lua. All its keys begin with <c>KEYS[1]</c>, whose hash tag keeps them on one server of a cluster.</param>
public sealed record RedisScript(string Name, string Text);
