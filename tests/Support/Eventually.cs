using System.Diagnostics;

namespace FoodDelivery.Tests.Support;

/// <summary>Waits for what happens by events: asks again and again, within a bound, and fails with the last answer.</summary>
public static class Eventually
{
    /// <summary>How long is waited where a test says nothing: far more than is needed, since a busy machine may stall a process for seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Repeats <paramref name="assertion"/> until it does not throw.</summary>
    /// <exception cref="TimeoutException">It still throws; its last exception is the inner one.</exception>
    public static Task Holds(Func<Task> assertion, TimeSpan? within = null) => Gives(
        async () =>
        {
            await assertion();
            return true;
        },
        within);

    /// <summary>Repeats <paramref name="question"/> until it does not throw.</summary>
    /// <returns>Its answer.</returns>
    /// <exception cref="TimeoutException">It still throws; its last exception is the inner one.</exception>
    public static async Task<T> Gives<T>(Func<Task<T>> question, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var watch = Stopwatch.StartNew();
        for (var pause = TimeSpan.FromMilliseconds(10); ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                return await question();
            }
            catch (Exception last) when (watch.Elapsed > patience)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:0.#} s: {last.Message}", last);
            }
            catch (Exception)
            {
                await Task.Delay(pause);
            }
        }
    }
}
