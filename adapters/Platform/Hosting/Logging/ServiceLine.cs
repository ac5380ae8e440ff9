using System.Diagnostics;
using System.Globalization;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace FoodDelivery.Platform.Hosting.Logging;

/// <summary>One line a message: time, level, service, who speaks, what, and the trace that it is part of. An exception follows on lines of its own.</summary>
internal sealed class ServiceLine(ServiceName service, StartupPhase phase, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "service";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // Whatever keeps the service from starting leaves it as one sentence, see ServiceRunner.
        if (logEntry.Exception is not null && !phase.IsOver && logEntry.Category.StartsWith("Microsoft.", StringComparison.Ordinal))
            return;

        textWriter.Write(clock.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(service.Value);
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1));
        textWriter.Write(": ");
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (Activity.Current is { } activity)
        {
            textWriter.Write(" trace=");
            textWriter.Write(activity.TraceId.ToHexString());
        }

        textWriter.WriteLine();
        if (logEntry.Exception is not null)
            textWriter.WriteLine(logEntry.Exception);
    }

    // What callers send must not be able to forge a line.
    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
