using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>A service cannot start. The message is one sentence for whoever started it.</summary>
public class StartException : Exception
{
    /// <summary>A service cannot start.</summary>
    public StartException()
        : this("The service cannot start.")
    {
    }

    /// <summary>Says which service cannot start, and why.</summary>
    public StartException(string message)
        : base(message)
    {
    }

    /// <summary>Says which service cannot start, and why.</summary>
    public StartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A setting cannot be used. The message names it, says what it is and what it may be; the program ends with it, without a stack trace.</summary>
public sealed class SettingException : StartException
{
    /// <summary>Some setting cannot be used.</summary>
    public SettingException()
        : this("A setting cannot be used.")
    {
    }

    /// <summary>Says which setting cannot be used, and why.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>Says which setting cannot be used, and why.</summary>
    public SettingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A service's database cannot be used. The message says why in one sentence, and names the setting that would change it.</summary>
public sealed class UnusableStorageException : Exception
{
    /// <summary>A database cannot be used.</summary>
    public UnusableStorageException()
        : this("The database cannot be used.")
    {
    }

    /// <summary>Says why, and names the setting.</summary>
    public UnusableStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and names the setting.</summary>
    public UnusableStorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Says in one sentence why a service could not start, and which setting would change that.</summary>
internal static partial class StartFailure
{
    /// <param name="failure">What went wrong.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="settings">What it was told, once that has been read.</param>
    public static string Explain(Exception failure, string name, ServiceSettings? settings = null) => failure switch
    {
        StartException => failure.Message,
        AggregateException several => Explain(several.InnerExceptions[0], name, settings),
        _ => $"{name} cannot start: {Why(failure, settings).ReplaceLineEndings(" ")}",
    };

    private static string Why(Exception failure, ServiceSettings? settings) => failure switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures.Select(static failed => Annotation().Replace(failed, "${sentence}"))),
        InvalidOperationException { InnerException: FormatException or OverflowException or ArgumentException } unreadable when Unreadable().Match(unreadable.Message) is { Success: true } setting =>
            $"the setting {setting.Groups["key"].Value} cannot be read: {unreadable.GetBaseException().Message}",
        UnusableStorageException or InvalidOperationException { InnerException: DbException or IOException or UnauthorizedAccessException or ArgumentException } => failure.Message,
        IOException { InnerException: AddressInUseException } taken when settings is not null => Taken(taken.Message, settings),
        SocketException { SocketErrorCode: SocketError.AccessDenied } when settings is not null =>
            $"it may not listen on a port below 1024; choose others with {string.Join(" and ", settings.Ports.Select(static port => port.Key))}.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } when settings is not null =>
            $"this machine has no address {settings.Bind}, which the setting Bind asks for.",
        UnauthorizedAccessException or IOException { InnerException: null } => $"{failure.Message} (Data:Directory says where its files are)",
        _ => failure.GetBaseException().Message,
    };

    private static string Taken(string message, ServiceSettings settings)
    {
        var port = settings.Ports.FirstOrDefault(port => message.Contains($":{port.Number}:", StringComparison.Ordinal)) ?? settings.Ports[0];
        return $"port {port.Number} is taken by another program; free it, or choose another with --{port.Key}=PORT.";
    }

    // How the options' own checks wrap the sentence that they were given.
    [GeneratedRegex("^DataAnnotation validation failed for .* with the error: '(?<sentence>.*)'[.]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Annotation();

    // How the configuration says that a text is not of its setting's type.
    [GeneratedRegex(" at '(?<key>[^']+)' to type '", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unreadable();
}

/// <summary>Tells whether the service has started.</summary>
internal sealed class StartupPhase
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
