using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Storage;

/// <summary>The settings under <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>The directory of all files of the embedded stores; made if it is missing.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Data:Directory must name a directory.")]
    public string Directory { get; set; } = "./data";

    /// <summary>The full path of a file in the directory, which exists afterwards.</summary>
    /// <exception cref="InvalidOperationException">The directory cannot be made.</exception>
    public string File(string name)
    {
        try
        {
            return Path.Combine(System.IO.Directory.CreateDirectory(Directory).FullName, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidOperationException($"Data:Directory: '{Directory}' cannot be used: {error.Message}", error);
        }
    }
}

/// <summary>Registration of the settings under <c>Data</c>.</summary>
public static class DataOptionsServices
{
    /// <summary>Binds and validates them.</summary>
    public static IServiceCollection AddDataOptions(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data").ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
