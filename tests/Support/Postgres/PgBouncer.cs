using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Processes;
using Npgsql;

namespace FoodDelivery.Tests.Support.Postgres;

/// <summary>A PgBouncer in transaction mode before the tests' PostgreSQL; it knows nothing of prepared statements, of whatever age it is.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    /// <summary>The program.</summary>
    public const string Program = "/usr/sbin/pgbouncer";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Version Preparing = new(1, 21);
    private readonly DataFolder _folder = new();
    private readonly Process _process;
    private readonly Guard _guard;

    private PgBouncer(string super, int port, bool preparing)
    {
        var server = new NpgsqlConnectionStringBuilder(super);
        Port = port;
        var file = Path.Combine(_folder.Path, "pgbouncer.ini");
        File.WriteAllText(
            file,
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            {(preparing ? "max_prepared_statements = 0" : "")}
            {(Environment.IsPrivilegedProcess ? "user = nobody" : "")}
            """);

        _process = Process.Start(new ProcessStartInfo(Program, [file]) { UseShellExecute = false, RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _guard = new Guard(_process);
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one before a server, which it enters as its superuser.</summary>
    public static async Task<PgBouncer> Start(string superuser)
    {
        var version = await Programs.OutsideProgram.RunAsync(Program, ["--version"]);
        var preparing = Version.Parse(version.Output.Split('\n')[0].Split(' ')[^1]) >= Preparing;
        var bouncer = new PgBouncer(superuser, FreePort.Next(), preparing);
        await Eventually.Gives(bouncer.Answers, Bound);
        return bouncer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _guard.Dispose();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> Answers()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        return true;
    }
}
