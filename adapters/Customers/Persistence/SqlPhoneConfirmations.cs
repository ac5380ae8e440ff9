using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>
/// The confirmations in a relational database. Whoever changes a telephone number, or forgets it, has the number's confirmation deleted in the same transaction
/// (<see cref="SqlMembers"/>, <see cref="SqlContacts"/>), so that none outlives its number.
/// </summary>
internal sealed class SqlPhoneConfirmations(IDatabase database) : IPhoneConfirmations
{
    /// <summary>Deletes a holder's confirmation unless it is about the telephone that they have now.</summary>
    public const string Forget = "delete from phone_confirmations where role = @Role and addressee = @Addressee and phone <> @Phone";

    public async Task<PhoneConfirmation?> Find(PhoneHolder holder, CancellationToken cancellation)
    {
        const string find = "select * from phone_confirmations where role = @Role and addressee = @Addressee";
        var rows = await database.Query<ConfirmationRow>(find, new { Role = (int)holder.Role, holder.Addressee }, cancellation);
        return rows.SingleOrDefault()?.Confirmation();
    }

    public async Task Save(PhoneConfirmation confirmation, CancellationToken cancellation)
    {
        const string insert =
            """
            insert into phone_confirmations (role, addressee, phone, code_hash, code_expires_at, tries_left, confirmed_at, version)
            values (@Role, @Addressee, @Phone, @CodeHash, @CodeExpiresAt, @TriesLeft, @ConfirmedAt, @Version)
            on conflict do nothing
            """;
        const string update =
            """
            update phone_confirmations
            set phone = @Phone, code_hash = @CodeHash, code_expires_at = @CodeExpiresAt, tries_left = @TriesLeft, confirmed_at = @ConfirmedAt, version = @Version
            where role = @Role and addressee = @Addressee and version = @LoadedVersion
            """;
        var batch = new Batch().Require(confirmation.LoadedVersion == 0 ? insert : update, ConfirmationRow.Of(confirmation));
        (await database.Write(batch, cancellation)).ThrowIfStale("The telephone's confirmation");
    }
}

/// <summary>A confirmation as its table has it.</summary>
internal sealed class ConfirmationRow
{
    public int Role { get; set; }

    public string Addressee { get; set; } = "";

    public string Phone { get; set; } = "";

    public string? CodeHash { get; set; }

    public long? CodeExpiresAt { get; set; }

    public int TriesLeft { get; set; }

    public long? ConfirmedAt { get; set; }

    public long Version { get; set; }

    public long LoadedVersion { get; set; }

    public static ConfirmationRow Of(PhoneConfirmation confirmation) => new()
    {
        Role = (int)confirmation.Holder.Role,
        Addressee = confirmation.Holder.Addressee,
        Phone = confirmation.Phone.Digits,
        CodeHash = confirmation.Code?.Hash,
        CodeExpiresAt = confirmation.Code?.ExpiresAt.ToUnixTimeMilliseconds(),
        TriesLeft = confirmation.Code?.TriesLeft ?? 0,
        ConfirmedAt = confirmation.ConfirmedAt?.ToUnixTimeMilliseconds(),
        Version = confirmation.Version,
        LoadedVersion = confirmation.LoadedVersion,
    };

    public PhoneConfirmation Confirmation()
    {
        _ = PhoneNumber.TryParse(Phone, out var phone);
        return PhoneConfirmation.Load(
            new PhoneHolder((RecipientRole)Role, Addressee),
            phone,
            CodeHash is null ? null : new SentCode(CodeHash, DateTimeOffset.FromUnixTimeMilliseconds(CodeExpiresAt!.Value), TriesLeft),
            ConfirmedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            Version);
    }
}
