using System.Collections.Concurrent;
using System.Diagnostics;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Support.Real;

/// <summary>
/// The product as <c>deploy/local/up</c> starts it: PostgreSQL, Redis, Kafka and every service as a supervised process, in a temporary folder and on free
/// ports, gone with the tests however they end. Processes go by their names in <c>DIR/run</c>: store-1, kafka-1, …
/// </summary>
public sealed class RealPlatform : IPlatform, IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly PlatformGuard _guard;
    private readonly ConcurrentDictionary<string, RestClient> _clients = new(StringComparer.Ordinal);

    private RealPlatform() => _guard = new PlatformGuard(_data.Path);

    /// <summary>Its folder.</summary>
    public string Data => _data.Path;

    /// <inheritdoc/>
    public string Files => Path.Combine(Data, "data");

    /// <inheritdoc/>
    public string Output => Log();

    /// <summary>The names of all processes that ought to run.</summary>
    public IEnumerable<string> Names => File.ReadLines(Path.Combine(Data, "run", "addresses")).Select(static line => line.Split(' ')[0]);

    /// <summary>Starts it, from the tests' programs, and waits until all is ready.</summary>
    /// <param name="arguments">More for <c>up</c>: settings as NAME=VALUE, <c>--replicas</c>, <c>store=3</c>.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it said.</exception>
    public static async Task<RealPlatform> Up(params string[] arguments)
    {
        var platform = new RealPlatform();
        try
        {
            await platform.Run("up", ["--free-ports", "--programs", Checkout.Programs, .. arguments]);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public RestClient Rest(string service) => RestOf($"{service.ToLowerInvariant()}-1");

    /// <summary>REST of one replica: store-2.</summary>
    public RestClient RestOf(string name)
    {
        var address = Addresses(name)[0];
        return _clients.GetOrAdd(address, static address => new RestClient(new Uri(address)));
    }

    /// <summary>Where a process listens: the URLs of its REST and its gRPC, or HOST:PORT of a server.</summary>
    public IReadOnlyList<string> Addresses(string name) =>
        File.ReadLines(Path.Combine(Data, "run", "addresses")).Select(static line => line.Split(' ')).First(words => words[0] == name)[1..];

    /// <summary>The way into the database of one of the contexts, with all rights.</summary>
    public string Database(string name) =>
        $"Host=127.0.0.1;Port={Addresses("postgres-1")[0].Split(':')[1]};Username=postgres;Password={File.ReadAllText(Path.Combine(Data, "postgres.password"))};Database=food_{name}";

    /// <summary>The number of the process that has this name now.</summary>
    public int Pid(string name) => int.Parse(File.ReadAllText(Path.Combine(Data, "run", $"{name}.pid")));

    /// <summary>SIGKILL: it dies between any two instructions, and is started again by its supervisor.</summary>
    /// <returns>The number that it had.</returns>
    public int Kill(string name) => Send(name, Signals.Kill);

    /// <summary>SIGSTOP: it hangs, until its supervisor ends it.</summary>
    /// <returns>Its number.</returns>
    public int Freeze(string name) => Send(name, Signals.Stop);

    /// <summary>SIGKILL, and nobody starts it again until <paramref name="meanwhile"/> is done: whoever connects is refused.</summary>
    public async Task Without(string name, Func<Task> meanwhile)
    {
        var supervisor = int.Parse(File.ReadAllText(Path.Combine(Data, "run", "known", $"{name}.supervisor")).Split(' ')[0]);
        Signals.Send(supervisor, Signals.Stop);
        var former = Kill(name);
        try
        {
            await meanwhile();
        }
        finally
        {
            Signals.Send(supervisor, Signals.Continue);
        }

        await Reborn(name, former);
    }

    /// <summary>Holds up all that a process has started, such as a database's sessions, again and again until it is cancelled.</summary>
    public async Task Slow(string name, TimeSpan held, TimeSpan free, CancellationToken until)
    {
        var pid = Pid(name);
        while (!until.IsCancellationRequested)
        {
            var children = File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
            children.ForEach(static child => Signals.Send(child, Signals.Stop));
            await Task.Delay(held, CancellationToken.None);
            children.ForEach(static child => Signals.Send(child, Signals.Continue));
            await Task.Delay(free, CancellationToken.None);
        }
    }

    /// <summary>Waits until a process has replaced the one that had <paramref name="former"/> as its number, and a service is ready.</summary>
    public Task Reborn(string name, int former, TimeSpan? within = null) => Eventually.Holds(
        async () =>
        {
            if (Pid(name) == former)
                throw new InvalidOperationException($"{name} is still process {former}.");
            if (Addresses(name)[0].StartsWith("http", StringComparison.Ordinal))
                (await RestOf(name).Get("/healthz/ready")).Expect(200);
        },
        within);

    /// <summary>Ends a process politely and starts it anew; returns when it is ready.</summary>
    public Task Restart(string name) => Run("restart", [name]);

    /// <summary>Brings a service to so many replicas.</summary>
    public Task Scale(string service, int replicas) => Scale($"{service.ToLowerInvariant()}={replicas}");

    /// <summary>Brings several services to so many replicas: <c>store=3</c>, <c>customer=3</c>.</summary>
    public Task Scale(params string[] replicas) => Run("scale", replicas);

    /// <summary>Stops everything, and leaves the data.</summary>
    public Task Down() => Run("down", []);

    /// <summary>The last lines of a process's log; of all logs without a name.</summary>
    public string Log(string name = "*", int lines = 30) => string.Join(
        Environment.NewLine,
        Directory.EnumerateFiles(Path.Combine(Data, "log"), $"{name}.log").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadLines(file).TakeLast(lines).Prepend($"--- {Path.GetFileNameWithoutExtension(file)}")));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await _guard.DisposeAsync();
        _data.Dispose();
    }

    private int Send(string name, int signal)
    {
        var pid = Pid(name);
        Signals.Send(pid, signal);
        return pid;
    }

    private async Task Run(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Checkout.Local(command), ["--data", Data, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        await process.WaitForExitAsync(late.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} ended with code {process.ExitCode}: {string.Concat(said)}");
    }
}
