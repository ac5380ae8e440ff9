using System.Diagnostics;
using System.Security.Cryptography;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Support.Postgres;

/// <summary>
/// A private PostgreSQL server for one test process, in a temporary folder and on a free port. A shell guards it: when our end of the pipe
/// closes, whether we are done or dead, it stops the server and removes the folder.
/// </summary>
public sealed class PostgresCluster
{
    private const string Script =
        """
        trap '' INT TERM HUP
        bin=$1 program=$2 dir=$3 port=$4
        "$program" "$dir" "$port" -c max_connections=400 -c shared_buffers=64MB -c deadlock_timeout=100ms -c log_min_messages=fatal > "$dir/log" 2>&1 &
        server=$!
        until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
            kill -0 "$server" 2>/dev/null || { cat "$dir/log"; rm -rf "$dir"; exit 1; }
            sleep 0.1
        done
        echo ready
        read -r end
        kill -INT "$server"
        wait "$server"
        rm -rf "$dir"
        """;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);
    private static readonly Lazy<Task<PostgresCluster>> OfThisProcess = new(static () => Task.Run(Start));
    private readonly string _password;
    private readonly Process _guard;

    private PostgresCluster(Process guard, int port, string password) => (_guard, Port, _password) = (guard, port, password);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The folder of its programs, psql among them.</summary>
    public string Programs { get; } = PostgresPrograms.Folder!;

    /// <summary>The one server of this test process, started when it is first asked for.</summary>
    public static Task<PostgresCluster> Running() => OfThisProcess.Value;

    /// <summary>A connection string of its superuser; the database need not exist.</summary>
    public string ConnectionString(string database) => ConnectionString(database, Port);

    /// <summary>The same by another port, which forwards to the server's.</summary>
    public string ConnectionString(string database, int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Password={_password};Database={database}";

    private static async Task<PostgresCluster> Start()
    {
        var folder = PostgresPrograms.Folder ?? throw new InvalidOperationException(PostgresPrograms.Missing);
        var data = Directory.CreateTempSubdirectory("food-delivery-postgres-").FullName;
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        await File.WriteAllTextAsync(Path.Combine(data, "postgres.password"), password);
        var port = FreePort.Next();
        var guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "postgres-guard", folder, Checkout.Local("programs", "postgres"), data, port.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using var late = new CancellationTokenSource(Bound);
        var said = await guard.StandardOutput.ReadLineAsync(late.Token);
        if (said != "ready")
            throw new InvalidOperationException($"PostgreSQL did not start: {said}{Environment.NewLine}{await guard.StandardOutput.ReadToEndAsync(late.Token)}");

        var cluster = new PostgresCluster(guard, port, password);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Stop();
        return cluster;
    }

    private void Stop()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit(TimeSpan.FromSeconds(20));
        _guard.Dispose();
    }
}
