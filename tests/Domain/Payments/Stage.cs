namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>
/// Where calls to ports take place. Off stage (the default) they simply happen. On it, every call waits for its turn before and after its
/// effect, and the script says whose turn is next, which process dies, which answer is lost and which effect comes late.
/// </summary>
internal sealed class Stage
{
    private readonly List<TaskCompletionSource> _waiting = [];
    private byte[] _script = [];
    private int _line;
    private bool _playing;

    /// <summary>Runs the acts until none can go on; acts may die, and that is all they may do wrong.</summary>
    public void Play(byte[] script, params IEnumerable<Func<Task>> acts)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        (_script, _line, _playing) = (script, 0, true);
        try
        {
            Task[] running = [.. acts.Select(Started)];
            while (_waiting.Count > 0)
            {
                var next = _waiting[Read() % _waiting.Count];
                _waiting.Remove(next);
                next.SetResult();
            }

            Assert.All(running, static act => Assert.True(act.IsCompleted));
            foreach (var failed in running.Where(static act => act.IsFaulted))
                Assert.IsType<Crash>(failed.Exception!.InnerException);
        }
        finally
        {
            _playing = false;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>A call to storage: it happens or not, and the process may die before or after it.</summary>
    public async Task<T> Perform<T>(Func<T> effect)
    {
        var fate = await Turn(faults: 2);
        if (fate == 1)
            throw new Crash();

        var result = effect();
        if (fate == 2)
            throw new Crash();

        await Turn(faults: 0);
        return result;
    }

    /// <summary>A call to a third party: besides, it may fail, its answer may be lost, and its effect may come after all that.</summary>
    public async Task<T> Ask<T>(Func<T> effect, T unclear)
    {
        var fate = await Turn(faults: 5);
        if (fate == 5)
        {
            _ = Late(effect);
            return unclear;
        }

        if (fate is 1 or 3)
            return fate == 1 ? throw new Crash() : unclear;

        var result = effect();
        if (fate is 2 or 4)
            return fate == 2 ? throw new Crash() : unclear;

        await Turn(faults: 0);
        return result;
    }

    private static async Task Started(Func<Task> act) => await act();

    private async Task Late<T>(Func<T> effect)
    {
        await Turn(faults: 0);
        await Turn(faults: 0);
        effect();
    }

    private async Task<int> Turn(int faults)
    {
        if (!_playing)
            return 0;

        var turn = new TaskCompletionSource();
        _waiting.Add(turn);
        await turn.Task;

        // One call in four or so goes wrong; a script that has ended lets everything succeed.
        var fate = faults == 0 ? 0 : Read() % (faults * 4);
        return fate <= faults ? fate : 0;
    }

    private int Read() => _line < _script.Length ? _script[_line++] : 0;

    internal sealed class Crash : Exception;
}
