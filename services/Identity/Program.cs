using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Identity;

return await ServiceRunner.Run("Identity", () => IdentityService.Build(args));
