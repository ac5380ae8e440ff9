using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FoodDelivery.Tests.Support.Programs;

/// <summary>Programs that tests use and that not every machine has.</summary>
public static class OutsideProgram
{
    static readonly ConcurrentDictionary<string, string?> _missing = new(StringComparer.Ordinal);

    /// <summary>Why a program cannot be used; null if it can.</summary>
    /// <param name="program">A name on the path or a path, and after a colon a module that its Python needs: <c>/usr/bin/python3:grpc</c>;
    /// or <see cref="Kafka.MockCluster.Library"/>.</param>
    public static string? Missing(string program) => _missing.GetOrAdd(program, static wanted =>
    {
        if (string.Equals(wanted, Kafka.MockCluster.Library, StringComparison.Ordinal))
            return NativeLibrary.TryLoad(wanted, typeof(OutsideProgram).Assembly, searchPath: null, out _) ? null : $"'{wanted}' is not for this system";

        var parts = wanted.Split(':');
        if (Find(parts[0]) is not { } path)
            return $"'{parts[0]}' is not installed";

        return parts.Length > 1 && !Imports(path, parts[1]) ? $"'{parts[0]}' has no module '{parts[1]}'" : null;
    });

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it was killed, with all it started.</exception>
    public static async Task<ProgramRun> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, string input = "", TimeSpan? within = null)
    {
        var patience = within ?? TimeSpan.FromMinutes(1);
        using var process = Start(program, arguments, folder);
        using var late = new CancellationTokenSource(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(late.Token);
            return new ProgramRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException cancelled)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {patience.TotalSeconds:0} s.", cancelled);
        }
    }

    /// <summary>Starts a program whose streams are redirected.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    static string? Find(string program) => Path.IsPathRooted(program)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    static bool Imports(string python, string module)
    {
        using var process = Start(python, ["-c", $"import {module}"]);
        return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
    }
}

/// <summary>How a program ended.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Errors);
