namespace FoodDelivery.Platform.Hosting.Startup;

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
