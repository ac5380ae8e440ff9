using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FoodDelivery.Platform.Hosting;

/// <summary>A port, and what is spoken there.</summary>
/// <param name="Key">The setting that changes its number.</param>
/// <param name="Number">Its number unless the settings say otherwise; 0 is any free one.</param>
/// <param name="Protocols">HTTP/1.1 or HTTP/2: without encryption a port can speak only one.</param>
public sealed record ListenedPort(string Key, int Number, HttpProtocols Protocols);
