namespace FoodDelivery.Platform.Messaging.Rebuilding;

/// <summary>Something that is rebuilt from the log.</summary>
/// <param name="Name">What it is: for the log, and for the lease that lets one process at a time do the work. It must never change.</param>
/// <param name="IsUnderWay">Whether a rebuild has been begun and is not complete; asked every few seconds.</param>
/// <param name="CarryOn">Carries on with it from the beginning of the log; false if there was nothing to do. Its effects must be the same when repeated.</param>
public sealed record Rebuild(string Name, Func<CancellationToken, Task<bool>> IsUnderWay, Func<CancellationToken, Task<bool>> CarryOn);
