using System.Globalization;

namespace FoodDelivery.Kernel;

/// <summary>
/// What of the data a caller may see and touch. What lies beyond it looks as if it were not there: order numbers are consecutive, and a
/// refusal would tell how many there are.
/// </summary>
public sealed class AccessScope
{
    /// <summary>Our own services.</summary>
    public static readonly AccessScope Everything = new(customer: null, stores: null);

    // The only customer whose things are within it, null for every customer's; the only stores, null for every store's. Nobody else sees
    // them: who decides by a scope asks it, and so an operator's scope knows of everything that is decided.
    private readonly string? _customer;
    private readonly long[]? _stores;
    private readonly Action<SeenData>? _seen;

    private AccessScope(string? customer, long[]? stores, Action<SeenData>? seen = null) => (_customer, _stores, _seen) = (customer, stores, seen);

    /// <summary>An operator's: everything, and whose data it is let to is told.</summary>
    /// <param name="seen">Told before the data is answered, once or more often.</param>
    public static AccessScope OfOperator(Action<SeenData> seen) => new(customer: null, stores: null, seen);

    /// <summary>A customer's: its own things, and no store's.</summary>
    /// <param name="customer">The subject of its token.</param>
    public static AccessScope OfCustomer(string customer) => new(customer, stores: []);

    /// <summary>A store owner's: its stores' things, and what it orders itself.</summary>
    /// <param name="owner">The subject of its token.</param>
    /// <param name="stores">The stores' numbers; none if the token names none.</param>
    public static AccessScope OfOwner(string owner, params ReadOnlySpan<long> stores) => new(owner, [.. stores.ToArray().Where(static store => store > 0)]);

    /// <summary>Whether that customer's things are within it.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversCustomer(string customer, object? number = null) =>
        _customer is null ? Told(new SeenData("customer", customer, number)) : string.Equals(_customer, customer, StringComparison.Ordinal);

    /// <summary>Whether that store's things are within it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversStore(long store, object? number = null) =>
        _stores is null ? Told(new SeenData("store", Text(store), number)) : _stores.Contains(store);

    /// <summary>Whether every customer's things are within it.</summary>
    /// <param name="number">The number of what is asked for, such as the order's, where it has one.</param>
    public bool CoversEveryCustomer(object? number = null) => _customer is null && Told(new SeenData("customer", "*", number));

    /// <summary>Whether all things are within it.</summary>
    public bool CoversAll() => _stores is null && CoversEveryCustomer();

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

    /// <summary>For which store something is asked: the caller's own unless its scope is wider; 0 for all. Naming another is refused, and naming none of several.</summary>
    public Result<long> ForStore(long? store)
    {
        if (ForStores(store).IsError(out var refusal, out var stores))
            return refusal;

        return stores.Length > 1
            ? Error.Invalid("storeId", "Your token names several stores; say which one is meant.") with { Expected = Text(stores) }
            : stores.FirstOrDefault();
    }

    /// <summary>For which stores something is asked: the one that is named, else all of the caller's own; none for all stores. Naming another is refused.</summary>
    public Result<long[]> ForStores(long? store)
    {
        long[] named = store is null or 0 ? [] : [store.Value];
        if (_stores is null)
        {
            Told(new SeenData("store", named.Length == 0 ? "*" : Text(named), Number: null));
            return named;
        }

        if (_stores.Length == 0)
            return new Error(ErrorKind.Forbidden, "NO_STORE", "Your token names no store.");

        return named.Length == 0 ? _stores
            : _stores.Contains(named[0]) ? named
            : Beyond("storeId", "The store can only be your own.", Text(_stores));
    }

    private bool Told(SeenData data)
    {
        _seen?.Invoke(data);
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long[] numbers) => string.Join(", ", numbers.Select(Text));

    private static Error Beyond(string field, string message, string expected) =>
        new(ErrorKind.Forbidden, "NOT_YOURS", message) { Field = field, Expected = expected };
}

/// <summary>Whose data an operator is let to. It holds no data of the person's, only what the person is called by.</summary>
/// <param name="Kind">Whose it is: a customer's or a store's.</param>
/// <param name="Owner">Which customer or store; * for all of them.</param>
/// <param name="Number">The number of what is asked for, such as the order's, where it has one.</param>
public readonly record struct SeenData(string Kind, string Owner, object? Number);
