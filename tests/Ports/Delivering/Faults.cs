namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>Where a process can die or stumble: before and after each durable step.</summary>
public enum Step
{
    BeforeChange, AfterChange, BeforeAppend, AfterAppend, BeforeClearing, AfterClearing,
    BeforeEffect, AfterEffect, BeforeAdvance, AfterAdvance, BeforeParking, AfterParking,
    BeforeClaim, AfterClaim, BeforeMark, AfterMark,
}

/// <summary>The faults of one simulated process.</summary>
public sealed class Faults
{
    private volatile bool _dead;

    /// <summary>Whether the process dies at that step; from then on none of its steps happens.</summary>
    public Func<Step, bool> Dies { get; set; } = static _ => false;

    /// <summary>Whether that step fails this once.</summary>
    public Func<Step, bool> Stumbles { get; set; } = static _ => false;

    /// <summary>Completes at its death.</summary>
    public TaskCompletionSource Death { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Reach(Step step)
    {
        if (_dead || Dies(step))
        {
            _dead = true;
            Death.TrySetResult();
            // The dead do not throw: they just never go on.
            await Task.Delay(Timeout.Infinite);
        }

        if (Stumbles(step))
            throw new InvalidOperationException($"Stumbled {step}.");
    }
}
