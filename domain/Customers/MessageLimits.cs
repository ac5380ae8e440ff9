namespace FoodDelivery.Customers;

/// <summary>How many messages may be sent, so that nobody can have somebody's telephone ring all day, or empty our account at a provider.</summary>
/// <param name="ToPhoneADay">To one telephone.</param>
/// <param name="OfCallerADay">Because of one caller: of the orders of one customer, or the codes that it asks for.</param>
/// <param name="CodesToPhoneAnHour">Codes to one telephone, whoever asks for them.</param>
/// <param name="CodesOfCallerAnHour">Codes that one caller asks for, to whatever telephones.</param>
public sealed record MessageLimits(int ToPhoneADay, int OfCallerADay, int CodesToPhoneAnHour, int CodesOfCallerAnHour)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What a message of an order is counted under; nobody's order under the telephone alone.</summary>
    internal IReadOnlyList<Allowance> ForMessage(PhoneNumber phone, string caller, DateTimeOffset now)
    {
        var toPhone = ToPhone("day", phone, Day, ToPhoneADay, now);
        return caller.Length == 0 ? [toPhone] : [toPhone, OfCaller("day", caller, Day, OfCallerADay, now)];
    }

    /// <summary>What a code is counted under: it is a message too.</summary>
    internal IReadOnlyList<Allowance> ForCode(PhoneNumber phone, string caller, DateTimeOffset now) =>
    [
        .. ForMessage(phone, caller, now),
        ToPhone("code", phone, Hour, CodesToPhoneAnHour, now),
        OfCaller("code", caller, Hour, CodesOfCallerAnHour, now),
    ];

    private static Allowance ToPhone(string kind, PhoneNumber phone, TimeSpan window, int atMost, DateTimeOffset now) =>
        new($"{kind}-phone-{phone.Digits}", End(window, now), atMost, "TOO_MANY_TO_PHONE", "Too many messages go to this telephone.");

    private static Allowance OfCaller(string kind, string caller, TimeSpan window, int atMost, DateTimeOffset now) =>
        new($"{kind}-caller-{caller}", End(window, now), atMost, "TOO_MANY_OF_CALLER", "You have had too many messages sent.");

    private static DateTimeOffset End(TimeSpan window, DateTimeOffset now) =>
        new(((now.UtcTicks / window.Ticks) + 1) * window.Ticks, TimeSpan.Zero);
}

/// <summary>Room for messages in a span of time.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="EndsAt">When the span ends, and there is room again.</param>
/// <param name="AtMost">For how many.</param>
/// <param name="Reason">What is said to programs when there is none left.</param>
/// <param name="Message">What is said to people then.</param>
public sealed record Allowance(string Subject, DateTimeOffset EndsAt, int AtMost, string Reason, string Message);
