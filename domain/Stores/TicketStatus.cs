using static FoodDelivery.Stores.TicketStatus;

namespace FoodDelivery.Stores;

/// <summary>Where a ticket is. The numbers are stored.</summary>
public enum TicketStatus
{
    /// <summary>The owner has not answered yet.</summary>
    Opened = 1,

    /// <summary>The owner will cook it.</summary>
    Accepted = 2,

    /// <summary>The owner will not cook it. Final.</summary>
    Rejected = 3,

    /// <summary>Being cooked.</summary>
    Cooking = 4,

    /// <summary>Ready to be delivered or picked up.</summary>
    Cooked = 5,

    /// <summary>On its way.</summary>
    Delivering = 6,

    /// <summary>With the customer. Final.</summary>
    Delivered = 7,

    /// <summary>The customer came for it. Final.</summary>
    PickedUp = 8,

    /// <summary>The order was cancelled. Final.</summary>
    Cancelled = 9,
}

/// <summary>What can be said of a status alone.</summary>
public static class TicketStatusExtensions
{
    /// <summary>Whether a ticket in this status never moves again.</summary>
    public static bool IsFinal(this TicketStatus status) =>
        status is TicketStatus.Rejected or TicketStatus.Delivered or TicketStatus.PickedUp or TicketStatus.Cancelled;
}

/// <summary>The state machine of tickets: which move is legal, and what is said of one that is not.</summary>
internal static class TicketTransitions
{
    internal static bool Allow(TicketStatus from, TicketStatus to) => (from, to) switch
    {
        (Opened, Accepted or Rejected) => true,
        (Accepted, Cooking) => true,
        (Cooking, Cooked) => true,
        (Cooked, Delivering or PickedUp) => true,
        (Delivering, Delivered) => true,
        (_, Cancelled) => !from.IsFinal(),
        _ => false,
    };

    /// <summary>Why a ticket cannot move so, or null if it can: too late, because that is behind it, or too early.</summary>
    internal static Error? Refusal(OrderId order, TicketStatus from, TicketStatus to)
    {
        if (Allow(from, to))
            return null;

        if (from.IsFinal())
            return Already(order, from);

        return StepsTaken(from) >= StepsTaken(to) ? Already(order, Behind(to)) : NotYet(order, Before(to));
    }

    private static int StepsTaken(TicketStatus status) => status switch
    {
        Opened => 0,
        Accepted or Rejected => 1,
        Cooking => 2,
        Cooked => 3,
        Delivering or PickedUp => 4,
        _ => 5,
    };

    // A ticket that is too late for these two has taken the other fork.
    private static TicketStatus Behind(TicketStatus to) => to switch
    {
        Rejected => Accepted,
        PickedUp => Delivering,
        _ => to,
    };

    private static TicketStatus Before(TicketStatus to) => to switch
    {
        Cooking => Accepted,
        Cooked => Cooking,
        Delivering or PickedUp => Cooked,
        _ => Delivering,
    };

    private static Error Already(OrderId order, TicketStatus status) =>
        Error.Conflict(AlreadyCode(status), $"Order {order} is already {Phrase(status)}.") with { Order = order };

    /// <summary>The stable word for being in this status, or beyond it, already.</summary>
    internal static string AlreadyCode(TicketStatus status) => $"ALREADY_{Word(status)}";

    private static Error NotYet(OrderId order, TicketStatus status) =>
        Error.Conflict($"NOT_YET_{Word(status)}", $"Order {order} is not {Phrase(status)} yet.") with { Order = order };

    private static string Word(TicketStatus status) => status == PickedUp ? "PICKED_UP" : status.ToString().ToUpperInvariant();

    internal static string Phrase(TicketStatus status) => status switch
    {
        Cooking => "being cooked",
        Delivering => "being delivered",
        PickedUp => "picked up",
        _ => status.ToString().ToLowerInvariant(),
    };
}
