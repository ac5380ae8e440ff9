namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>Tells whether the service has started.</summary>
internal sealed class StartupPhase
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
