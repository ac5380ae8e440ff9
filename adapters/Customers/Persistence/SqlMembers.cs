using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>The members in a relational database.</summary>
internal sealed class SqlMembers(IDatabase database) : IMembers
{
    private const string Select =
        """
        select members.*, confirmed_at phone_confirmed_at
        from members left join phone_confirmations confirmation
            on confirmation.role = 1 and confirmation.addressee = number and confirmation.phone = members.phone
        """;

    public async Task<Member?> Find(MembershipNumber number, CancellationToken cancellation) =>
        (await FindOne("number = @Digits", new { number.Digits }, cancellation))?.Member();

    public async Task<RequestedMember?> Find(RequestKey key, CancellationToken cancellation) =>
        await FindOne("caller = @Caller and idempotency_key = @Key", key, cancellation) is { } row
            ? new RequestedMember(row.Member(), row.Fingerprint)
            : null;

    public async Task<IReadOnlyList<MembershipNumber>> Of(string customerId, CancellationToken cancellation) =>
    [
        .. (await database.Query<MemberRow>("select * from members where customer_id = @CustomerId", new { CustomerId = customerId }, cancellation))
            .Select(static row => row.Member().Number),
    ];

    public async Task<bool> Add(Member member, KeyedSignUp? request, MessageContext context, CancellationToken cancellation)
    {
        const string insert =
            """
            insert into members (number, customer_id, name, phone, channel, language, signed_up_at, withdrawn_at, version, caller, idempotency_key, fingerprint)
            values (@Number, @CustomerId, @Name, @Phone, @Channel, @Language, @SignedUpAt, @WithdrawnAt, @Version, @Caller, @IdempotencyKey, @Fingerprint)
            on conflict do nothing
            """;
        var batch = new Batch().Once(context).Require(insert, MemberRow.Of(member, request));
        return await database.Write(batch, cancellation) != WriteResult.Stale;
    }

    public async Task Save(Member member, MessageContext context, CancellationToken cancellation)
    {
        const string update =
            """
            update members
            set name = @Name, phone = @Phone, channel = @Channel, language = @Language, withdrawn_at = @WithdrawnAt, version = @Version,
                fingerprint = case when @WithdrawnAt is null then fingerprint end
            where number = @Number and version = @LoadedVersion
            """;
        if (member.Version == member.LoadedVersion)
            return;
        var batch = new Batch().Once(context).Require(update, MemberRow.Of(member)).Add(
            SqlPhoneConfirmations.Forget,
            new { Role = (int)RecipientRole.Customer, Addressee = member.Number.Digits, Phone = member.Profile.Phone.Digits });
        if (member.WithdrawnAt is not null)
            batch.Erasing();
        (await database.Write(batch, cancellation)).ThrowIfStale($"Member {member.Number}");
    }

    private async Task<MemberRow?> FindOne(string condition, object parameters, CancellationToken cancellation) =>
        (await database.Query<MemberRow>($"{Select} where {condition}", parameters, cancellation)).SingleOrDefault();
}

/// <summary>A member as their table has them.</summary>
internal sealed class MemberRow
{
    public string Number { get; set; } = "";

    public string CustomerId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Language { get; set; } = "";

    public long SignedUpAt { get; set; }

    public long? WithdrawnAt { get; set; }

    public long? PhoneConfirmedAt { get; set; }

    public long Version { get; set; }

    public long LoadedVersion { get; set; }

    public string? Caller { get; set; }

    public string? IdempotencyKey { get; set; }

    public string? Fingerprint { get; set; }

    public static MemberRow Of(Member member, KeyedSignUp? request = null) => new()
    {
        Number = member.Number.Digits,
        CustomerId = member.CustomerId,
        Name = member.Profile.Name,
        Phone = member.Profile.Phone.Digits,
        Channel = member.Profile.Channel.Word(),
        Language = member.Profile.Language.Word(),
        SignedUpAt = member.SignedUpAt.ToUnixTimeMilliseconds(),
        WithdrawnAt = member.WithdrawnAt?.ToUnixTimeMilliseconds(),
        Version = member.Version,
        LoadedVersion = member.LoadedVersion,
        Caller = request?.Key.Caller,
        IdempotencyKey = request?.Key.Key,
        Fingerprint = request?.Fingerprint,
    };

    public Member Member()
    {
        _ = MembershipNumber.TryParse(Number, out var number);
        _ = PhoneNumber.TryParse(Phone, out var phone);
        return FoodDelivery.Customers.Member.Load(
            number,
            CustomerId,
            new MemberProfile(Name, phone, ContactWords.ParseChannel(Channel).Value, ContactWords.ParseLanguage(Language).Value),
            DateTimeOffset.FromUnixTimeMilliseconds(SignedUpAt),
            WithdrawnAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            Version,
            PhoneConfirmedAt is { } confirmed ? DateTimeOffset.FromUnixTimeMilliseconds(confirmed) : null);
    }
}
