using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>What a request takes of a gateway.</summary>
public enum RequestKind
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It changes something.</summary>
    Write,

    /// <summary>It stays open.</summary>
    Stream,
}

/// <summary>An endpoint's metadata that tells its requests apart; what has none is not counted to its client.</summary>
public interface IRequestKinds
{
    /// <summary>What this request takes.</summary>
    RequestKind Of(HttpRequest request);
}
