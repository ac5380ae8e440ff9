using System.Globalization;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Send a code to a telephone, for whoever holds it to say.</summary>
/// <param name="Holder">Whose telephone; a member's number as somebody wrote it.</param>
/// <param name="Caller">Who asks.</param>
public sealed record SendPhoneCode(PhoneHolder Holder, string Caller);

/// <summary>Say which code was sent.</summary>
/// <param name="Holder">Whose telephone; a member's number as somebody wrote it.</param>
/// <param name="Code">The code, as somebody wrote it.</param>
public sealed record ConfirmPhone(PhoneHolder Holder, string Code);

/// <summary>Where the confirmation of a telephone is.</summary>
/// <param name="Phone">The telephone.</param>
/// <param name="ConfirmedAt">Since when it is confirmed; null as long as it is not.</param>
/// <param name="Code">The code that is waited for; null for none.</param>
public sealed record PhoneState(PhoneNumber Phone, DateTimeOffset? ConfirmedAt, SentCode? Code);

/// <summary>Finds out whether telephones belong to those who say so. Nobody is sent a message before.</summary>
/// <param name="members">Knows members' telephones.</param>
/// <param name="contacts">Knows those of owners.</param>
/// <param name="confirmations">Where it is kept what was sent and what came back.</param>
/// <param name="codes">Where codes come from.</param>
/// <param name="channels">The ways out.</param>
/// <param name="counts">Counts messages.</param>
/// <param name="terms">What is demanded of codes.</param>
/// <param name="limits">How many may be sent.</param>
/// <param name="clock">The time.</param>
public sealed class ConfirmPhoneHandler(
    IMembers members,
    IContacts contacts,
    IPhoneConfirmations confirmations,
    IPhoneCodes codes,
    IReadOnlyList<INotificationChannel> channels,
    IMessageCounts counts,
    PhoneCodeTerms terms,
    MessageLimits limits,
    TimeProvider clock)
{
    private const int CodeLength = 6;

    /// <summary>Sends a new code, unless too many were; an earlier one is good for nothing then.</summary>
    public async Task<Result<PhoneState>> Handle(SendPhoneCode command, AccessScope scope, CancellationToken cancellation)
    {
        if ((await Find(command.Holder, scope, cancellation)).IsError(out var refusal, out var held))
            return refusal;
        var earlier = await confirmations.Find(held.Holder, cancellation);
        if (earlier?.Confirms(held.Phone) == true)
            return Error.Conflict("PHONE_CONFIRMED", "The telephone number is confirmed already.");

        var now = clock.GetUtcNow().TruncateToMilliseconds();
        if (await counts.Take(limits.ForCode(held.Phone, command.Caller, now), cancellation) is { } full)
            return Error.Exhausted(full.Reason, $"{full.Message} Ask for a code later.", full.EndsAt - now);

        // Whoever asks last is sent the code that is good.
        var code = codes.Draw();
        var expected = await Concurrency.RetryOnConflict(async () =>
        {
            var confirmation = await confirmations.Find(held.Holder, cancellation) ?? PhoneConfirmation.Of(held.Holder);
            confirmation.Expect(held.Phone, code, terms, now);
            await confirmations.Save(confirmation, cancellation);
            return confirmation;
        });
        return (await channels.ForCodes().SendInTime(Message(held, code), clock, cancellation)).IsError(out _)
            ? Error.Unavailable("CODE_NOT_SENT", "The code could not be sent; ask for another one.", TimeSpan.FromSeconds(1))
            : State(expected);
    }

    /// <summary>The telephone is confirmed, or the code is not the one that was sent.</summary>
    public async Task<Result<PhoneState>> Handle(ConfirmPhone command, AccessScope scope, CancellationToken cancellation)
    {
        if ((await Find(command.Holder, scope, cancellation)).IsError(out var refusal, out var held))
            return refusal;
        var code = command.Code.Trim();
        if (code.Length != CodeLength || !code.All(char.IsAsciiDigit))
            return Error.Invalid("code", $"A code has {CodeLength} digits.");

        return await Concurrency.RetryOnConflict(async () =>
        {
            var confirmation = await confirmations.Find(held.Holder, cancellation) ?? PhoneConfirmation.Of(held.Holder);
            var tried = confirmation.Try(held.Phone, code, clock.GetUtcNow().TruncateToMilliseconds());
            if (confirmation.Version > confirmation.LoadedVersion)
                await confirmations.Save(confirmation, cancellation);
            return tried.IsError(out var refusal) ? refusal : (Result<PhoneState>)State(confirmation);
        });
    }

    private static PhoneState State(PhoneConfirmation confirmation) => new(confirmation.Phone, confirmation.ConfirmedAt, confirmation.Code);

    private OutgoingMessage Message(Held held, string code)
    {
        var wording = Wording.OfCode(code, terms.ValidFor, held.Language);
        var recipient = $"{(held.Holder.Role == RecipientRole.Owner ? "store" : "member")}-{held.Holder.Addressee}";
        return new OutgoingMessage($"code-{Guid.NewGuid():N}", recipient, wording.Text, wording.Template, held.Phone, MayHaveLeft: false);
    }

    private Task<Result<Held>> Find(PhoneHolder holder, AccessScope scope, CancellationToken cancellation) =>
        holder.Role == RecipientRole.Owner ? FindOwner(holder, scope, cancellation) : FindMember(holder, scope, cancellation);

    private async Task<Result<Held>> FindMember(PhoneHolder holder, AccessScope scope, CancellationToken cancellation)
    {
        if ((await members.Get(holder.Addressee, scope, cancellation)).IsError(out var refusal, out var member))
            return refusal;
        return member.WithdrawnAt is null
            ? new Held(holder with { Addressee = member.Number.Digits }, member.Profile.Phone, member.Profile.Language)
            : Error.Conflict("MEMBER_WITHDRAWN", $"Member {member.Number} has withdrawn.");
    }

    private async Task<Result<Held>> FindOwner(PhoneHolder holder, AccessScope scope, CancellationToken cancellation)
    {
        var store = long.Parse(holder.Addressee, CultureInfo.InvariantCulture);
        if (scope.ForStore(store).IsError(out var refusal))
            return refusal;
        if (await contacts.Find(RecipientRole.Owner, holder.Addressee, cancellation) is not { } contact)
            return Error.NotFound("owner contact", holder.Addressee);
        return contact.Phone.Digits.Length > 0
            ? new Held(holder, contact.Phone, contact.Language)
            : Error.Conflict("NO_PHONE", "The owner has said no telephone number.");
    }

    private sealed record Held(PhoneHolder Holder, PhoneNumber Phone, Language Language);
}
