using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Kafka;

/// <summary>Apache Kafka 0.9.0.1 with its ZooKeeper, on free ports of this machine and a temporary folder, gone with the tests however they end.</summary>
public sealed class RealBroker : IAsyncDisposable
{
    // The first start fetches its jars.
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);
    private readonly DataFolder _data = new();
    private readonly List<(Process Process, Guard Guard)> _running = [];
    private readonly OutputTail _output = new();
    private readonly int _port = FreePort.Next();
    private readonly string _keeper = FreePort.Next().ToString();

    private RealBroker()
    {
    }

    /// <summary>What clients connect to.</summary>
    public string BootstrapServers => $"127.0.0.1:{_port}";

    /// <summary>Where its files are.</summary>
    public string Files => _data.Path;

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message has its output.</exception>
    public static async Task<RealBroker> Start()
    {
        var broker = new RealBroker();
        try
        {
            await broker.Run();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a topic more partitions, as an operator does.</summary>
    public Task Enlarge(string topic, int partitions) => Administer("--alter", "--topic", topic, "--partitions", partitions.ToString());

    /// <summary>Makes a topic of one partition, as an operator does.</summary>
    public Task Make(string topic, IReadOnlyDictionary<string, string> configs) => Administer(
        ["--create", "--topic", topic, "--partitions", "1", "--replication-factor", "1", .. configs.SelectMany(static one => (string[])["--config", $"{one.Key}={one.Value}"])]);

    private async Task Administer(params string[] arguments)
    {
        const string script = """source "$1" && run_java 128m kafka.admin.TopicCommand --zookeeper "${@:2}" """;
        var run = await OutsideProgram.RunAsync(
            "bash", ["-c", script, "bash", Checkout.Local("lib", "programs.sh"), $"127.0.0.1:{_keeper}", .. arguments], _data.Path);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"The topic was not made or changed: {run.Output}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (process, guard) in _running)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            guard.Dispose();
            process.Dispose();
        }

        _data.Dispose();
    }

    private async Task Run()
    {
        Launch("zookeeper", _keeper);
        Launch("kafka", _port.ToString(), _keeper, "num.partitions=3", "offsets.topic.num.partitions=1", "log.cleaner.backoff.ms=500");
        var watch = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (watch.Elapsed > StartBound || _running.Exists(static one => one.Process.HasExited))
                throw new InvalidOperationException($"Kafka did not start.{Environment.NewLine}{_output}");
            await Task.Delay(100);
        }
    }

    private void Launch(string program, params string[] arguments)
    {
        var process = OutsideProgram.Start(Checkout.Local("programs", program), [_data.Path, .. arguments], _data.Path);
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add((process, new Guard(process)));
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
