using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>Refusals in REST.</summary>
public static class ErrorProblems
{
    /// <summary>
    /// The refusal as problem details: 400 with <c>field</c> and <c>errors</c>, 404, 409, 403, 422, or 429 and 503 with Retry-After;
    /// <c>reason</c>, <c>expected</c> and <c>orderId</c> where the refusal has them.
    /// </summary>
    public static IResult ToProblem(this Error rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new Problem(ErrorCodes.HttpStatus(rejection.Kind), rejection.Reason, rejection.Message)
        {
            Error = rejection,
            RetryAfter = rejection.RetryAfter ?? (rejection.Kind is ErrorKind.Unavailable or ErrorKind.Exhausted ? TimeSpan.FromSeconds(1) : null),
        };
    }

    /// <summary>The answer that <paramref name="accepted"/> makes of the value, or the refusal as problem details.</summary>
    public static IResult ToResult<T>(this Result<T> outcome, Func<T, IResult> accepted)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return outcome.IsError(out var rejection, out var value) ? rejection.ToProblem() : accepted(value);
    }
}
