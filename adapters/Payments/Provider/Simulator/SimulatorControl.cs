using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Adapters.Payments.Provider.Simulator;

/// <summary>The simulator's settings as they are now: from the configuration, reread when it changes, or as an operator changed them since.</summary>
internal sealed partial class SimulatorControl : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<SimulatorControl> _log;
    private readonly IDisposable _subscription;
    private readonly Lock _changing = new();
    private SimulatorSettings _read;
    private volatile SimulatorSettings _current;
    private TaskCompletionSource _answering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatorControl(IConfiguration configuration, ILogger<SimulatorControl> log)
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
            lock (_changing)
                return _answering.Task;
        }
    }

    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static SimulatorSettings Read(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.GetSection(SimulatorSettings.Section).Get<SimulatorSettings>() ?? new SimulatorSettings();
            return settings.Validate() is { } wrong ? throw new SettingException($"{SimulatorSettings.Section}: {wrong.Message}") : settings;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingException($"{SimulatorSettings.Section}: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Changes them; refused if they cannot be used.</summary>
    public Result<SimulatorSettings> Change(SimulatorSettings settings)
    {
        if (settings.Validate() is { } wrong)
            return wrong;

        lock (_changing)
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
                Change(_read = read);
        }
        catch (SettingException error)
        {
            KeepOld(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why} The simulated provider stays as it was.")]
    private partial void KeepOld(string why);
}

/// <summary>How the simulated provider behaves; the settings under <c>Pay:Provider</c>, changeable while it runs.</summary>
internal sealed record SimulatorSettings
{
    public const string Section = "Pay:Provider";

    /// <summary>The shortest time a call takes, in milliseconds.</summary>
    public long DelayMinMs { get; init; }

    /// <summary>The longest time a call takes, in milliseconds; the times are spread evenly.</summary>
    public long DelayMaxMs { get; init; }

    /// <summary>The share of cards that are declined, 0 to 1.</summary>
    public double DeclineRate { get; init; }

    /// <summary>The share of calls that fail, 0 to 1: half of them before they have their effect, half of them after it.</summary>
    public double FailureRate { get; init; }

    /// <summary>Larger amounts are declined, in won.</summary>
    public long DeclineAboveWon { get; init; } = 1_000_000;

    /// <summary>Whether no call is answered until this is off again.</summary>
    public bool Hang { get; init; }

    /// <summary>What is wrong with them; null if nothing is.</summary>
    public Error? Validate() => this switch
    {
        { DelayMinMs: < 0 or > 600_000 } => Error.Invalid("delayMinMs", "delayMinMs must be 0 to 600000."),
        { DelayMaxMs: < 0 or > 600_000 } => Error.Invalid("delayMaxMs", "delayMaxMs must be 0 to 600000."),
        _ when DelayMaxMs < DelayMinMs => Error.Invalid("delayMaxMs", "delayMaxMs must not be less than delayMinMs."),
        { DeclineRate: not (>= 0 and <= 1) } => Error.Invalid("declineRate", "declineRate must be 0 to 1."),
        { FailureRate: not (>= 0 and <= 1) } => Error.Invalid("failureRate", "failureRate must be 0 to 1."),
        { DeclineAboveWon: < 0 } => Error.Invalid("declineAboveWon", "declineAboveWon must not be negative."),
        _ => null,
    };
}
