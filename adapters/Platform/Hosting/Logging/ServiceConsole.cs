using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FoodDelivery.Platform.Hosting.Logging;

/// <summary>Registers the console's manners: one line a message, and of the platform only what needs somebody's attention.</summary>
internal static class ServiceConsole
{
    /// <summary>The levels unless the settings say otherwise. A health check that is not met is told by the probe, not by the log.</summary>
    public static readonly KeyValuePair<string, string?>[] Quiet =
    [
        new("Logging:LogLevel:Default", "Information"),
        new("Logging:LogLevel:Microsoft", "Warning"),
        new("Logging:LogLevel:System", "Warning"),
        new("Logging:LogLevel:Grpc", "Warning"),

        // It calls a caller's unreadable bytes an error of the service, and what a handler throws is told by our own boundary.
        new("Logging:LogLevel:Grpc.AspNetCore.Server.ServerCallHandler", "None"),
        new("Logging:LogLevel:Yarp", "Error"),
        new("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", "None"),
    ];

    /// <summary>Makes our line the default; <c>Logging:Console:FormatterName</c> may ask for another, such as json.</summary>
    public static void AddServiceConsole(this ILoggingBuilder logging, string service, IConfiguration configuration)
    {
        logging.Services.AddSingleton(new ServiceName(service));
        logging.AddConsoleFormatter<ServiceLine, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = configuration["Logging:Console:FormatterName"] ?? ServiceLine.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // Whoever reads the console slowly loses lines, which are counted; he does not hold the callers up.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}

/// <summary>Whose line it is, where several services share a console.</summary>
internal sealed record ServiceName(string Value);
