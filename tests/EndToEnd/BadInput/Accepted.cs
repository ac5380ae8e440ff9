using System.Text.Json;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>What was accepted all the same, since a mutation may leave a request valid: each is to be found in the books, and nothing else.</summary>
internal sealed class Accepted
{
    private readonly Lock _gate = new();

    /// <summary>Orders that exist.</summary>
    public HashSet<long> Orders { get; } = [];

    /// <summary>Attempts whose card was declined.</summary>
    public HashSet<long> Declined { get; } = [];

    /// <summary>Orders' numbers under which was paid at Payment itself.</summary>
    public HashSet<long> Payments { get; } = [];

    /// <summary>The highest revision of the menu that was handed in.</summary>
    public long MenuRevision { get; private set; }

    /// <summary>The probes that left something behind.</summary>
    public List<string> Probes { get; } = [];

    public void Order(long order) => Note(() => Orders.Add(order));

    public void Decline(long order) => Note(() => Declined.Add(order));

    public void Payment(long order) => Note(() => Payments.Add(order));

    public void Menu(long revision) => Note(() => MenuRevision = Math.Max(MenuRevision, revision));

    /// <summary>Reads what a REST answer says about what exists now.</summary>
    public void FromRest(string path, RestReply reply)
    {
        if (reply.Status is not (200 or 201 or 202 or 422))
            return;
        using var body = JsonDocument.Parse(reply.Text);
        if (reply.Status == 422 && body.RootElement.TryGetProperty("orderId", out var declined))
            Decline(declined.GetInt64());
        else if (reply.Status == 201 && path is "/orders" or "/주문s")
            Order(body.RootElement.GetProperty("orderId").GetInt64());
        else if (reply.Status == 200 && path.EndsWith("/menu", StringComparison.Ordinal))
            Menu(body.RootElement.GetProperty("revision").GetInt64());
    }

    private void Note(Action note)
    {
        lock (_gate)
            note();
    }
}
