using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The operator creates a store and names its owner.</summary>
/// <param name="Draft">What is said of it.</param>
/// <param name="Key">Repeated under the same key, the request gets the same store.</param>
public sealed record CreateStore(StoreDraft Draft, IdempotencyKey? Key = null);

/// <summary>The request that created a store.</summary>
/// <param name="Key">What its caller calls it.</param>
/// <param name="Fingerprint">Tells two requests under one key apart.</param>
public sealed record KeyedCreation(IdempotencyKey Key, string Fingerprint);

/// <summary>A store that a request has created.</summary>
/// <param name="Store">As it is now.</param>
/// <param name="Fingerprint">Of the request.</param>
public sealed record CreatedStore(Store Store, string Fingerprint);

/// <summary>The operator creates a store: it is open as its hours say, and has no menu yet.</summary>
public sealed class CreateStoreHandler(IStores stores)
{
    /// <summary>The store with its number, or what is wrong with what was said of it.</summary>
    public async Task<Result<Store>> Handle(CreateStore command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!scope.CoversAll())
            return new Error(ErrorKind.Forbidden, "NOT_YOURS", "Only an operator creates stores.");

        if (command.Draft.Over(before: null).IsError(out var fault, out var profile))
            return fault;

        var request = command.Key is null ? null : new KeyedCreation(command.Key, Fingerprint(profile));
        return await Concurrency.RetryOnConflict<Result<Store>>(async () =>
        {
            if (request is not null && await stores.CreatedUnder(request.Key, cancellation) is { } earlier)
            {
                return string.Equals(earlier.Fingerprint, request.Fingerprint, StringComparison.Ordinal)
                    ? earlier.Store
                    : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", "This key was used before, for another store.");
            }

            var store = Store.Open(await stores.NextNumber(cancellation), profile, request);
            await stores.Save(store, context, cancellation);
            return store;
        });
    }

    private static string Fingerprint(StoreProfile profile)
    {
        string[] parts =
        [
            profile.Name, $"{profile.Kind}", $"{profile.CancellationRule}", profile.Owner, profile.Phone, profile.Address, profile.Picture,
            $"{profile.MinimumOrder.Won}", $"{profile.DeliveryFee.Won}", $"{profile.AutoAccept}", $"{profile.AnswerWithinMinutes}", profile.Hours.TimeZone,
            .. profile.Hours.Periods.Select(static period => $"{period.Day} {OpeningHours.Write(period.From)} {OpeningHours.Write(period.To)}"),
            .. profile.Hours.ClosedDays.Select(OpeningHours.Write),
        ];

        // Each length stands before its text, so that no text can pretend to be two.
        var text = string.Concat(parts.Select(static part => $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
