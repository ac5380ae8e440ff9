using System.Globalization;

namespace FoodDelivery.Kernel;

/// <summary>
/// What of the data a caller may see and touch. What lies beyond it looks as if it were not there: order numbers are consecutive, and a
/// refusal would tell how many there are.
/// </summary>
public sealed class AccessScope
{
    /// <summary>Operators and our own services.</summary>
    public static readonly AccessScope Everything = new(customer: null, store: null);

    private AccessScope(string? customer, long? store) => (Customer, Store) = (customer, store);

    /// <summary>The only customer whose things are within it; null: every customer's.</summary>
    public string? Customer { get; }

    /// <summary>The only store whose things are within it, 0 for none at all; null: every store's.</summary>
    public long? Store { get; }

    /// <summary>A customer's: its own things, and no store's.</summary>
    /// <param name="customer">The subject of its token.</param>
    public static AccessScope OfCustomer(string customer) => new(customer, store: 0);

    /// <summary>A store owner's: its store's things, and what it orders itself.</summary>
    /// <param name="owner">The subject of its token.</param>
    /// <param name="store">The store's number; 0 if the token names none.</param>
    public static AccessScope OfOwner(string owner, long store) => new(owner, store);

    /// <summary>Whether that customer's things are within it.</summary>
    public bool CoversCustomer(string customer) => Customer is null || string.Equals(Customer, customer, StringComparison.Ordinal);

    /// <summary>Whether that store's things are within it.</summary>
    public bool CoversStore(long store) => Store is null || (Store == store && store > 0);

    /// <summary>For whom something is asked: the caller itself unless its scope is wider; empty for everyone. Naming somebody else is refused.</summary>
    public Result<string> For(string? customer)
    {
        if (Customer is null)
            return customer ?? "";

        return string.IsNullOrEmpty(customer) || CoversCustomer(customer) ? Customer : Beyond("customerId", "The customer can only be the subject of your token.", Customer);
    }

    /// <summary>For which store something is asked: the caller's own unless its scope is wider; 0 for all. Naming another is refused.</summary>
    public Result<long> ForStore(long? store) => Store switch
    {
        null => store ?? 0,
        0 => new Error(ErrorKind.Forbidden, "NO_STORE", "Your token names no store."),
        { } own when store is null or 0 || store == own => own,
        { } own => Beyond("storeId", "The store can only be your own.", own.ToString(CultureInfo.InvariantCulture)),
    };

    private static Error Beyond(string field, string message, string expected) =>
        new(ErrorKind.Forbidden, "NOT_YOURS", message) { Field = field, Expected = expected };
}
