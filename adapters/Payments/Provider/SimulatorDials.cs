using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>The simulator's settings as they are now: from the configuration, reread when it changes, or as an operator turned them since.</summary>
internal sealed partial class SimulatorDials : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<SimulatorDials> _log;
    private readonly IDisposable _subscription;
    private readonly Lock _turning = new();
    private SimulatorSettings _read;
    private volatile SimulatorSettings _current;
    private TaskCompletionSource _answering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatorDials(IConfiguration configuration, ILogger<SimulatorDials> log)
    {
        (_configuration, _log) = (configuration, log);
        _current = _read = Read(configuration);
        if (!_current.Hang)
            _answering.SetResult();

        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reread);
    }

    public SimulatorSettings Current => _current;

    /// <summary>Completes at once, or when the simulator hangs no longer.</summary>
    public Task Answering
    {
        get
        {
            lock (_turning)
                return _answering.Task;
        }
    }

    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static SimulatorSettings Read(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.GetSection(SimulatorSettings.Section).Get<SimulatorSettings>() ?? new SimulatorSettings();
            return settings.Check() is { } wrong ? throw new SettingException($"{SimulatorSettings.Section}: {wrong.Message}") : settings;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingException($"{SimulatorSettings.Section}: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Turns them; refused if they cannot be used.</summary>
    public Result<SimulatorSettings> Turn(SimulatorSettings settings)
    {
        if (settings.Check() is { } wrong)
            return wrong;

        lock (_turning)
        {
            _current = settings;
            if (!settings.Hang)
                _answering.TrySetResult();
            else if (_answering.Task.IsCompleted)
                _answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return settings;
    }

    public void Dispose() => _subscription.Dispose();

    private void Reread()
    {
        try
        {
            var read = Read(_configuration);
            if (read != _read)
                Turn(_read = read);
        }
        catch (SettingException error)
        {
            KeepOld(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why} The simulated provider stays as it was.")]
    private partial void KeepOld(string why);
}
