using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Become a member.</summary>
/// <param name="CustomerId">The customer that asks; may be empty.</param>
/// <param name="Profile">What they say about themselves.</param>
/// <param name="Key">Makes the command safe to repeat; null if it is not to be.</param>
public sealed record SignUp(string CustomerId, MemberProfile Profile, RequestKey? Key);

/// <summary>Makes a request safe to repeat: the same key of the same caller means the same member.</summary>
/// <param name="Caller">Who asks; keys of different callers have nothing to do with each other.</param>
/// <param name="Key">What the caller calls the request.</param>
public sealed record RequestKey(string Caller, string Key);

/// <summary>Issues membership numbers.</summary>
/// <param name="members">Where they are kept.</param>
/// <param name="numbers">MaxDraws numbers, of which one may be taken.</param>
/// <param name="clock">Tells when.</param>
public sealed class SignUpHandler(IMembers members, IMembershipNumbers numbers, TimeProvider clock)
{
    private const int MaxDraws = 10;
    private const int MaxIdLength = 500;
    private const int MaxKeyLength = 255;

    /// <summary>Answers with the member: a new one, or the one that this key stands for. A customer signs itself up and nobody else.</summary>
    public async Task<Result<Member>> Handle(SignUp command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        if (scope.For(command.CustomerId).IsError(out var beyond, out var customer))
            return beyond;

        command = command with { CustomerId = customer };
        if (command.CustomerId.Length > MaxIdLength || UnicodeText.Validate(command.CustomerId) is not null)
            return Error.Invalid("customerId", $"A customer's id has at most {MaxIdLength} characters and no control characters.");
        if (command.Key is { Key: var key } && (key.Length > MaxKeyLength || UnicodeText.Validate(key) is not null))
            return Error.Invalid("requestId", $"A request's id has at most {MaxKeyLength} characters and no control characters.");

        var request = command.Key is null ? null : new KeyedSignUp(command.Key, Fingerprint(command));
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            if (request is not null && await members.Find(request.Key, cancellation) is { } earlier)
                return Same(earlier, request);
            var member = Member.SignUp(numbers.Draw(), command.CustomerId, command.Profile, clock.GetUtcNow().TruncateToMilliseconds());
            if (await members.Add(member, request, context, cancellation))
                return member;
        }

        return Error.Unavailable("NO_NUMBER", "No free membership number was found; try again.", TimeSpan.FromSeconds(1));
    }

    // Of somebody who has withdrawn, what they once asked for is forgotten too.
    private static Result<Member> Same(RequestedMember earlier, KeyedSignUp request) =>
        earlier.Fingerprint is null || string.Equals(earlier.Fingerprint, request.Fingerprint, StringComparison.Ordinal)
            ? earlier.Member
            : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", "This key was used before, for another sign-up.");

    private static string Fingerprint(SignUp command)
    {
        string[] parts =
        [
            command.CustomerId, command.Profile.Name, command.Profile.Phone.Digits, command.Profile.Channel.ToString(), command.Profile.Language.ToString(),
        ];

        // Each length stands before its text, so that no text can pretend to be two.
        var text = string.Concat(parts.Select(static part => $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
