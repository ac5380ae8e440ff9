using System.Diagnostics;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>One real process of the product: started, killed, asked to end, and started again on the same data.</summary>
public sealed class PlatformProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(45);

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly OutputTail _output = new();
    private Process? _process;
    private Guard? _guard;

    /// <param name="program">Which one: Order, Pay, Store, Customer or Local.</param>
    /// <param name="hosted">The services that it hosts; it is ready when they are.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">What its environment says on top of ours.</param>
    public PlatformProcess(
        string program, IReadOnlyList<ServiceAddress> hosted, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        (_program, Hosted, _arguments, _environment) = (program, hosted, arguments, environment ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>The services that it hosts.</summary>
    public IReadOnlyList<ServiceAddress> Hosted { get; }

    /// <summary>The last lines that it wrote, those of its earlier lives included.</summary>
    public string Output => $"--- {_program}{Environment.NewLine}{_output}";

    /// <summary>Whether it runs.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>Its number.</summary>
    public int Id => _process!.Id;

    /// <summary>Its resident memory, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How many threads it has.</summary>
    public int Threads
    {
        get
        {
            _process!.Refresh();
            return _process.Threads.Count;
        }
    }

    /// <summary>Starts it, again if need be, and waits until everything that it hosts is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has its output.</exception>
    public async Task Start()
    {
        Launch();
        try
        {
            await Readiness.Of(Hosted, () => Runs, StartBound);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message}{Environment.NewLine}{Output}", late);
        }
    }

    /// <summary>Starts it without waiting.</summary>
    public void Launch()
    {
        if (Runs)
            throw new InvalidOperationException($"{_program} runs already.");
        Forget();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(Checkout.Programs, $"FoodDelivery.Services.{_program}.dll"));
        foreach (var argument in _arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, _guard) = (process, new Guard(process));
    }

    /// <summary>SIGKILL: it dies between any two instructions.</summary>
    public async Task Kill()
    {
        if (_process is null)
            return;
        _process.Kill();
        await Ended();
        _output.Add("(killed)");
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <returns>Its exit code, and how long it took to end.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> Terminate()
    {
        var process = _process ?? throw new InvalidOperationException($"{_program} does not run.");
        var watch = Stopwatch.StartNew();
        Signals.AskToEnd(process);
        await Ended();
        return (process.ExitCode, watch.Elapsed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await Kill();
        Forget();
    }

    private async Task Ended()
    {
        using var bound = new CancellationTokenSource(EndBound);
        try
        {
            await _process!.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{_program} did not end within {EndBound.TotalSeconds} s.{Environment.NewLine}{Output}", late);
        }

        _guard?.Dispose();
        _guard = null;
    }

    private void Forget()
    {
        _guard?.Dispose();
        _process?.Dispose();
        (_guard, _process) = (null, null);
    }
}
