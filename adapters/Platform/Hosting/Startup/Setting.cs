using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>Reads single settings, and names the one that cannot be used.</summary>
public static class Setting
{
    /// <summary>A whole number in a range.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static int WholeNumber(IConfiguration configuration, string key, int otherwise, int least, int most)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new SettingException($"The setting {key} is '{text}'; it must be a whole number from {least} to {most}.");
    }

    /// <summary>A length of time, given in seconds; fractions are allowed.</summary>
    /// <exception cref="SettingException">It is something else, negative or more than an hour.</exception>
    public static TimeSpan Seconds(IConfiguration configuration, string key, double otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return TimeSpan.FromSeconds(otherwise);

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 3600
            ? TimeSpan.FromSeconds(value)
            : throw new SettingException($"The setting {key} is '{text}'; it must be a number of seconds from 0 to 3600.");
    }

    /// <summary>True or false.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static bool Flag(IConfiguration configuration, string key, bool otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;

        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingException($"The setting {key} is '{text}'; it must be true or false.");
    }

    /// <summary>Texts: one, several with commas between them, or a list; empty if there is none.</summary>
    public static IReadOnlyList<string> List(IConfiguration configuration, string key)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(key);
        return section.Value is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
    }
}

/// <summary>
/// How providers outside are reached: straight, or through the proxy that the setting <c>Outbound:Proxy</c> names. What the environment says of proxies
/// (<c>http_proxy</c>) is for others: one that cannot reach our own services would cut them off from each other.
/// </summary>
public static class OutboundProxy
{
    private const string Key = "Outbound:Proxy";

    /// <summary>The proxy; null for none.</summary>
    /// <exception cref="SettingException">It is no http address.</exception>
    public static IWebProxy? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (string.IsNullOrWhiteSpace(configuration[Key]))
            return null;

        return Uri.TryCreate(configuration[Key], UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.UserInfo.Length == 0
            ? new WebProxy(address)
            : throw new SettingException($"The setting {Key} must be an address like http://proxy.example.com:3128, without a user.");
    }
}

/// <summary>The command line is settings and nothing else; what would be ignored silently is a mistake of whoever typed it.</summary>
public static class CommandLine
{
    private static readonly string[] WithoutSection = ["data", "settings", "Bind", "environment", "contentRoot", "applicationName"];

    /// <summary>Looks at every argument.</summary>
    /// <exception cref="SettingException">One of them is no setting, or has no value.</exception>
    public static void Check(ReadOnlySpan<string> args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? args[i] : args[i][..equals];
            if (!key.StartsWith("--", StringComparison.Ordinal) || !IsSetting(key[2..]))
                throw new SettingException($"'{args[i]}' is no setting; there are --data DIR, --settings FILE, --Bind ADDRESS, --environment NAME, and those of a section, such as --Order:RestPort=8081.");

            if (equals < 0 && ++i == args.Length)
                throw new SettingException($"The setting {key} has no value.");
        }
    }

    private static bool IsSetting(string key) =>
        key.IndexOf(':', StringComparison.Ordinal) > 0 || WithoutSection.Contains(key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Settings that several processes share in a JSON file of their operator's, read again when it changes. The command line goes before it.</summary>
internal sealed class SettingsFile : JsonConfigurationSource
{
    public const string Setting = "Settings:File";

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new Polled(this);
    }

    /// <exception cref="SettingException">It is not there, or not JSON.</exception>
    public static void Add(ConfigurationManager configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path)
            return;

        var source = new SettingsFile { Path = System.IO.Path.GetFullPath(path) };
        source.ResolveFileProvider();
        IList<IConfigurationSource> sources = configuration.Sources;
        try
        {
            sources.Insert(sources.Count - 1, source);
        }
        catch (Exception unusable) when (unusable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SettingException($"The setting {Setting} (--settings) is '{path}'; that file cannot be read: {unusable.Message}", unusable);
        }
    }

    // Looks at the file by itself instead of having it watched: a watch is one of the few that a user has of Linux, and the platform's own polling looks every
    // four seconds, while a replica that is taken away shall be left alone at once.
    private sealed class Polled : JsonConfigurationProvider
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

        private readonly Timer _timer;
        private (DateTimeOffset, long) _seen;

        public Polled(SettingsFile source)
            : base(source) => (_seen, _timer) = (Look(), new Timer(_ => Reread(), null, Pause, Pause));

        protected override void Dispose(bool disposing)
        {
            _timer.Dispose();
            base.Dispose(disposing);
        }

        private (DateTimeOffset LastModified, long Length) Look() => Source.FileProvider!.GetFileInfo(Source.Path!) is { Exists: true } file ? (file.LastModified, file.Length) : default;

        private void Reread()
        {
            if (Look() is var now && (now == _seen || now == default))
                return;

            try
            {
                _seen = now;
                Load();
            }
            catch (Exception)
            {
                // What was read last stays, until somebody writes it better: nothing of this may end the process.
            }
        }
    }
}
