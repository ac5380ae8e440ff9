using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Support.Redis;

/// <summary>
/// A private Redis server on a free port of this machine and a temporary folder, gone with the tests however they end. It saves nothing unless it is
/// told to: killed and run again, it has what it last saved.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>What a test that uses it needs.</summary>
    public const string Program = "redis-server";

    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(20);
    private static readonly Lazy<Task<RedisServer>> OfThisProcess = new(static () => Task.Run(StartForAll));
    private readonly DataFolder _data = new();
    private readonly OutputTail _output = new();
    private readonly int _port = FreePort.Next();
    private Process? _process;
    private Guard? _guard;

    private RedisServer()
    {
    }

    /// <summary>The setting that leads there.</summary>
    public string Configuration => $"127.0.0.1:{_port}";

    /// <summary>The server that the tests of this process share, each under a prefix of its own; gone with the process.</summary>
    public static Task<RedisServer> Running() => OfThisProcess.Value;

    /// <summary>Starts one for a test that has more in mind with it.</summary>
    /// <param name="saved">A database that a server has saved, to begin with; null for an empty one.</param>
    public static async Task<RedisServer> Start(string? saved = null)
    {
        var server = new RedisServer();
        if (saved is not null)
            File.Copy(saved, Path.Combine(server._data.Path, "dump.rdb"));

        await server.Run();
        return server;
    }

    /// <summary>Runs it, again if need be, and waits until it answers.</summary>
    public async Task Run()
    {
        var process = OutsideProgram.Start(Checkout.Local("programs", "redis"), [_data.Path, $"{_port}", "--appendonly", "no"]);
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, _guard) = (process, new Guard(process));
        var watch = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (process.HasExited || watch.Elapsed > StartBound)
                throw new InvalidOperationException($"Redis did not start.{Environment.NewLine}{_output}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL: what it has not saved is lost.</summary>
    public async Task Kill()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _guard?.Dispose();
        _process.Dispose();
        (_process, _guard) = (null, null);
    }

    /// <summary>Asks it past all clients, such as <c>FLUSHALL</c>.</summary>
    /// <returns>The first line of its answer.</returns>
    public Task<string> Ask(string command) => RedisLine.Ask(Configuration, command);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _data.Dispose();
    }

    private static async Task<RedisServer> StartForAll()
    {
        var server = await Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        return server;
    }

    private void End()
    {
        _process?.Kill();
        _process?.WaitForExit(StartBound);
        _data.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            return await Ask("PING") == "+PONG";
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            return false;
        }
    }
}
