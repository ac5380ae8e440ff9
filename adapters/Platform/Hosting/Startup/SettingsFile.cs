using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>Settings that several processes share in a JSON file of their operator's, read again when it changes. The command line goes before it.</summary>
internal static class SettingsFile
{
    public const string Setting = "Settings:File";

    /// <exception cref="SettingException">It is not there, or not JSON.</exception>
    public static void Add(ConfigurationManager configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path)
            return;

        var source = new JsonConfigurationSource { Path = Path.GetFullPath(path), ReloadOnChange = true };
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
}
