using System.Globalization;

namespace FoodDelivery.Kernel;

/// <summary>
/// What of the data a caller may see and touch. What lies beyond it looks as if it were not there: order numbers are consecutive, and a
/// refusal would tell how many there are.
/// </summary>
public sealed class AccessScope
{
    /// <summary>Our own services.</summary>
    public static readonly AccessScope Everything = new(customer: null, store: null);

    // The only customer whose things are within it, null for every customer's; the only store, 0 for none at all, null for every store's. Nobody else sees
    // them: who decides by a scope asks it, and so an operator's scope knows of everything that is decided.
    private readonly string? _customer;
    private readonly long? _store;
    private readonly Action<SeenData>? _seen;

    private AccessScope(string? customer, long? store, Action<SeenData>? seen = null) => (_customer, _store, _seen) = (customer, store, seen);

    /// <summary>An operator's: everything, and whose data it is let to is told.</summary>
    /// <param name="seen">Told before the data is answered, once or more often.</param>
    public static AccessScope OfOperator(Action<SeenData> seen) => new(customer: null, store: null, seen);

    /// <summary>A customer's: its own things, and no store's.</summary>
    /// <param name="customer">The subject of its token.</param>
    public static AccessScope OfCustomer(string customer) => new(customer, store: 0);

    /// <summary>A store owner's: its store's things, and what it orders itself.</summary>
    /// <param name="owner">The subject of its token.</param>
    /// <param name="store">The store's number; 0 if the token names none.</param>
    public static AccessScope OfOwner(string owner, long store) => new(owner, store);

    /// <summary>Whether that customer's things are within it.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversCustomer(string customer, object? number = null) =>
        _customer is null ? Told(new SeenData("customer", customer, number)) : string.Equals(_customer, customer, StringComparison.Ordinal);

    /// <summary>Whether that store's things are within it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversStore(long store, object? number = null) =>
        _store is null ? Told(new SeenData("store", Text(store), number)) : _store == store && store > 0;

    /// <summary>Whether every customer's things are within it.</summary>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversEveryCustomer(object? number = null) => _customer is null && Told(new SeenData("customer", "*", number));

    /// <summary>Whether all things are within it.</summary>
    public bool CoversAll() => _store is null && CoversEveryCustomer();

    /// <summary>For whom something is asked: the caller itself unless its scope is wider; empty for everyone. Naming somebody else is refused.</summary>
    public Result<string> For(string? customer)
    {
        if (_customer is null)
        {
            Told(new SeenData("customer", string.IsNullOrEmpty(customer) ? "*" : customer, Number: null));
            return customer ?? "";
        }

        return string.IsNullOrEmpty(customer) || CoversCustomer(customer) ? _customer : Beyond("customerId", "The customer can only be the subject of your token.", _customer);
    }

    /// <summary>For which store something is asked: the caller's own unless its scope is wider; 0 for all. Naming another is refused.</summary>
    public Result<long> ForStore(long? store)
    {
        if (_store is null)
        {
            Told(new SeenData("store", store is null or 0 ? "*" : Text(store.Value), Number: null));
            return store ?? 0;
        }

        return _store switch
        {
            0 => new Error(ErrorKind.Forbidden, "NO_STORE", "Your token names no store."),
            { } own when store is null or 0 || store == own => own,
            { } own => Beyond("storeId", "The store can only be your own.", Text(own)),
        };
    }

    private bool Told(SeenData data)
    {
        _seen?.Invoke(data);
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Error Beyond(string field, string message, string expected) =>
        new(ErrorKind.Forbidden, "NOT_YOURS", message) { Field = field, Expected = expected };
}

/// <summary>Whose data an operator is let to. It holds no data of the person's, only what the person is called by.</summary>
/// <param name="Kind">Whose it is: a customer's or a store's.</param>
/// <param name="Owner">Which customer or store; * for all of them.</param>
/// <param name="Number">The number of what is asked for, such as the order's, where it has one.</param>
public readonly record struct SeenData(string Kind, string Owner, object? Number);
