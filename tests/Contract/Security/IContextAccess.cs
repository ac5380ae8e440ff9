namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Who may call what of a context that keeps this beside its own tests, so that it can come and go with its folder.</summary>
internal interface IContextAccess
{
    /// <summary>Its rows of the table.</summary>
    IEnumerable<Row> Rows { get; }

    /// <summary>What a customer, whose order is on its way, has there: numbers by the names that routes have for them.</summary>
    Task<(string Name, long Number)[]> Own(ClosedPlatform platform, string customer);
}
