namespace FoodDelivery.Platform.Storage.Postgres.Repeating;

/// <summary>One try at something.</summary>
internal sealed class Attempt
{
    /// <summary>Whether the server may have been asked: before that nothing can have happened.</summary>
    public bool HasBegun { get; private set; }

    public void Begin() => HasBegun = true;
}
